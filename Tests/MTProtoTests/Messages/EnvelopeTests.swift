import MTProto
import MTProtoCrypto
import Testing

struct EnvelopeTests {
    private let key: AuthKey
    private let random = SeededSessionRandom(seed: 3)

    init() throws { key = try #require(AuthKey(bytes: SessionServer.keyBytes)) }

    private func sealed(_ body: [UInt8] = [1, 2, 3, 4], from side: MessageSide = .server) -> [UInt8] {
        Envelope.seal(
            body,
            messageID: MessageID(0x1_0000_0001),
            sequenceNumber: 3,
            salt: 5,
            sessionID: 7,
            key: key,
            from: side,
            random: random
        ).bytes
    }

    private func failure(of packet: [UInt8]) -> SecurityCheck? {
        var packet = packet
        do throws(MTProtoError) {
            _ = try Envelope.open(&packet, key: key, from: .server)
            return nil
        } catch {
            return error.check
        }
    }

    /// A packet whose plaintext is this, padding included, with a message key that fits.
    private func packet(header: [UInt8], rest: Int) -> [UInt8] {
        var packet = [UInt8](repeating: 0, count: Envelope.openByteCount) + header + [UInt8](repeating: 0, count: rest)
        _ = Envelope.encrypt(&packet, key: key, from: .server)
        return packet
    }

    private func header(length: Int32) -> [UInt8] {
        var header = [UInt8](repeating: 1, count: 28)
        header.append(littleEndian: length)
        return header
    }

    @Test func packetOfTheReferenceIsReproduced() {
        var packet = [UInt8](repeating: 0, count: 24)
        packet.append(littleEndian: 0x0102_0304_0506_0708 as Int64)
        packet.append(littleEndian: 0x1122_3344_5566_7788 as Int64)
        packet += (0..<32).map { UInt8($0) } + [UInt8](repeating: 0xaa, count: 16)
        _ = Envelope.encrypt(&packet, key: key, from: .client)
        let expected =
            "32d1586ea457dfc86e089e2714f52f80d408f56ca91f043603fa99c98e53c651a9e2f58c2838905c3c4b296a8864a0634c93021ce97e5a09"
            + "22a38ef8c87fe43e26882dddb8ffe8cfd1311c6c415611aac947456d4ab05143"
        #expect(packet.map { String(UInt16($0) | 0x100, radix: 16).dropFirst() }.joined() == expected)
    }

    @Test(arguments: [MessageSide.client, .server], [0, 4, 8, 12, 16, 100, 1_000])
    func whatIsSealedCanBeOpened(side: MessageSide, count: Int) throws {
        let body = random.bytes(count)
        var packet = sealed(body, from: side)
        let opened = try Envelope.open(&packet, key: key, from: side)
        #expect(Array(packet[opened.body]) == body)
        #expect(opened.messageID == MessageID(0x1_0000_0001))
        #expect((opened.sequenceNumber, opened.salt, opened.sessionID) == (3, 5, 7))
        #expect((12...27).contains(packet.count - opened.body.upperBound))
    }

    @Test func quickAckTokenIsTheSameOnBothSides() throws {
        let packet = Envelope.seal(
            [1, 2, 3, 4],
            messageID: MessageID(4),
            sequenceNumber: 1,
            salt: 5,
            sessionID: 7,
            key: key,
            from: .client,
            random: random,
            wantsQuickAck: true
        )
        var bytes = packet.bytes
        let opened = try Envelope.open(&bytes, key: key, from: .client)
        #expect(packet.quickAckToken == opened.quickAckToken)
        #expect(opened.quickAckToken >> 31 == 1)
    }

    @Test(arguments: Array(0..<72) + [73, 74, 76, 80, 84, 87])
    func packetLengthIsChecked(count: Int) {
        #expect(failure(of: [UInt8](repeating: 0, count: count)) == .packetLength)
    }

    @Test func keyIDIsChecked() {
        var packet = sealed()
        packet[0] ^= 1
        #expect(failure(of: packet) == .keyID)
    }

    @Test func messageKeyIsCheckedForEveryBit() {
        let packet = sealed()
        for bit in 64..<packet.count * 8 {
            var damaged = packet
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(failure(of: damaged) == .messageKey)
        }
    }

    @Test func messageOfTheOwnSideIsNotAccepted() {
        #expect(failure(of: sealed(from: .client)) == .messageKey)
    }

    @Test(arguments: [-4, 1, 2, 3, 5, 17, 20, 32, 1_000_000, Int32.max, Int32.min] as [Int32])
    func messageLengthIsChecked(length: Int32) {
        #expect(failure(of: packet(header: header(length: length), rest: 16)) == .messageLength)
    }

    @Test(
        arguments: [
            (0, 16, true), (4, 16, true), (8, 16, false), (16, 16, false), (0, 1_024, true), (0, 1_040, false),
            (16, 1_040, true), (12, 1_040, false),
        ] as [(Int32, Int, Bool)]
    )
    func paddingIsChecked(length: Int32, rest: Int, isFine: Bool) {
        #expect(failure(of: packet(header: header(length: length), rest: rest)) == (isFine ? nil : .padding))
    }
}
