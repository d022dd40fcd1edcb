import MTProtoCrypto
import Testing

struct CRC32Tests {
    /// The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
    @Test func matchesTheCheckValue() {
        #expect(CRC32.checksum(ascii("123456789")) == 0xcbf4_3926)
        #expect(CRC32.checksum([UInt8]()) == 0)
    }

    @Test func packetOfTheFullTransportMatches() {
        let packet = hex("1400000000000000616263646566676875cc6015")
        #expect(CRC32.checksum(packet[..<16]) == 0x1560_cc75)
    }

    @Test func piecesGiveTheChecksumOfTheWhole() {
        let bytes = counting(300)
        for cut in 0...bytes.count {
            var running = CRC32()
            running.update(bytes[..<cut])
            running.update(Array(bytes[cut...]))
            #expect(running.checksum == CRC32.checksum(bytes))
        }
    }
}
