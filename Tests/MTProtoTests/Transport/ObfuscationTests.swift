import MTProto
import MTProtoCrypto
import Testing

struct ObfuscationTests {
    private static let fixed = (0..<64).map { UInt8(truncatingIfNeeded: $0 * 7 + 1) }
    private static let secret = (0..<16).map { UInt8($0) }

    /// Computed with the command line tool of OpenSSL.
    @Test(arguments: [
        (
            TransportKind.Framing.abridged, 2 as Int16, nil as [UInt8]?, "5f32568ed2adf691", "e1a1b03646a5c2cf68",
            "a3138fcccd8fff0d42"
        ),
        (
            .paddedIntermediate, -10004, Self.secret, "57db92e7d1482e16", "edf31a760551a6cd97b4c5e1",
            "b5cbcc1cccdc0973417dd558"
        ),
    ])
    func headerAndStreamsMatchIndependentVectors(
        framing: TransportKind.Framing,
        dataCenter: Int16,
        secret: [UInt8]?,
        tail: String,
        sent: String,
        received: String
    ) throws {
        var (obfuscation, header) = Obfuscation.client(
            framing: framing,
            dataCenter: dataCenter,
            secret: secret,
            random: TransportRandom(Self.fixed)
        )
        #expect(Array(header[..<56]) == Array(Self.fixed[..<56]))
        #expect(Array(header[56...]) == Wire.bytes(tail))
        let length: [UInt8] = framing == .abridged ? [2] : [8, 0, 0, 0]
        var outgoing = length + Array("abcdefgh".utf8)
        obfuscation.applyToSent(&outgoing)
        #expect(outgoing == Wire.bytes(sent))
        var incoming = Wire.bytes(received)
        incoming.withUnsafeMutableBytes { obfuscation.applyToReceived($0) }
        #expect(incoming == length + Array("ABCDEFGH".utf8))
    }

    @Test func serverReadsWhatTheClientWrote() throws {
        for framing in [TransportKind.Framing.abridged, .intermediate, .paddedIntermediate] {
            for dataCenter in [1, -4, 10002, -10003, .max, .min] as [Int16] {
                for secret in [nil, Self.secret] {
                    var (client, header) = Obfuscation.client(
                        framing: framing,
                        dataCenter: dataCenter,
                        secret: secret,
                        random: TransportRandom(seed: 5)
                    )
                    var server = try #require(Obfuscation.server(header: header, secret: secret))
                    #expect(server.framing == framing)
                    #expect(server.dataCenter == dataCenter)
                    var question = Array("question".utf8)
                    client.applyToSent(&question)
                    question.withUnsafeMutableBytes { server.obfuscation.applyToReceived($0) }
                    #expect(question == Array("question".utf8))
                    var answer = Array("answer".utf8)
                    server.obfuscation.applyToSent(&answer)
                    answer.withUnsafeMutableBytes { client.applyToReceived($0) }
                    #expect(answer == Array("answer".utf8))
                }
            }
        }
    }

    @Test func anotherSecretReadsNothing() {
        let header = Obfuscation.client(
            framing: .abridged,
            dataCenter: 1,
            secret: Self.secret,
            random: TransportRandom()
        ).header
        #expect(Obfuscation.server(header: header, secret: nil) == nil)
        #expect(Obfuscation.server(header: header, secret: Array(Self.secret.reversed())) == nil)
        #expect(Obfuscation.server(header: Array(header.dropLast()), secret: Self.secret) == nil)
    }

    static let forbidden: [[UInt8]] =
        [
            "ef010203 01020304", "efefefef 01020304", "eeeeeeee 01020304", "dddddddd 01020304", "16030102 01020304",
            "01020304 00000000",
        ].map(Wire.bytes) + ["POST /ap", "GET /api", "HEAD /ap", "OPTIONS ", "PVrG1234"].map { Array($0.utf8) }

    @Test(arguments: forbidden) func forbiddenStartsAreNeverSent(start: [UInt8]) {
        let bad = start + Self.fixed[8...]
        #expect(!Obfuscation.isAcceptable(bad))
        let (_, header) = Obfuscation.client(
            framing: .abridged,
            dataCenter: 1,
            secret: nil,
            random: TransportRandom(bad + bad + Self.fixed)
        )
        #expect(Array(header[..<56]) == Array(Self.fixed[..<56]))
    }

    @Test(arguments: forbidden) func aRandomSourceThatIsStuckStillGivesAHeader(start: [UInt8]) {
        struct Stuck: RandomSource {
            let bytes: [UInt8]
            func fill(_ buffer: UnsafeMutableRawBufferPointer) {
                for index in buffer.indices { buffer[index] = bytes[index % bytes.count] }
            }
        }
        let (_, header) = Obfuscation.client(
            framing: .abridged,
            dataCenter: 1,
            secret: nil,
            random: Stuck(bytes: start + Self.fixed[8...])
        )
        #expect(Obfuscation.isAcceptable(header))
    }

    @Test func startsThatAreNearlyForbiddenAreAllowed() {
        for start in ["eeeeeeef 01020304", "01020304 00000001", "00000000 01000000", "dddddd00 00000001"] {
            #expect(Obfuscation.isAcceptable(Wire.bytes(start) + Self.fixed[8...]))
        }
    }
}
