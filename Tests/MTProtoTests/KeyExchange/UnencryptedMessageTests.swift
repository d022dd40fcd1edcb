import MTProto
import Testing

@Suite struct UnencryptedMessageTests {
    private let body: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
    private let id = MessageID(0x0102_0304_0506_0705)

    @Test func aMessageHasTheFormOfTheProtocol() {
        let packet = UnencryptedMessage.packet(body: body, id: id)
        #expect(packet == [0, 0, 0, 0, 0, 0, 0, 0, 5, 7, 6, 5, 4, 3, 2, 1, 8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8])
    }

    @Test func aMessageIsReadBack() throws {
        let read = try UnencryptedMessage.body(of: UnencryptedMessage.packet(body: body, id: id))
        #expect(read.id == id && read.body == body)
    }

    @Test func everyCutIsRefused() {
        let packet = UnencryptedMessage.packet(body: body, id: id)
        for count in packet.indices { #expect(check(Array(packet.prefix(count))) == .unencryptedMessage, "\(count)") }
    }

    @Test func paddingOfTheTransportIsCutOff() throws {
        let packet = UnencryptedMessage.packet(body: body, id: id)
        for count in 0...15 {
            #expect(try UnencryptedMessage.body(of: packet + [UInt8](repeating: 9, count: count)).body == body)
        }
        #expect(check(packet + [UInt8](repeating: 9, count: 16)) == .unencryptedMessage)
    }

    @Test(arguments: 0..<8)
    func aKeyIdentifierIsRefused(offset: Int) {
        var packet = UnencryptedMessage.packet(body: body, id: id)
        packet[offset] = 1
        #expect(check(packet) == .unencryptedMessage)
    }

    @Test func anIdentifierOfZeroIsRefused() {
        #expect(check(UnencryptedMessage.packet(body: body, id: MessageID(0))) == .unencryptedMessage)
    }

    @Test(
        arguments: [
            [0, 0, 0, 0], [1, 0, 0, 0], [7, 0, 0, 0], [12, 0, 0, 0], [0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0x80],
            [0xfc, 0xff, 0xff, 0x7f], [8, 0, 0, 1],
        ] as [[UInt8]]
    )
    func lengthsThatDoNotFitAreRefused(length: [UInt8]) {
        var packet = UnencryptedMessage.packet(body: body, id: id)
        packet.replaceSubrange(16..<20, with: length)
        #expect(check(packet) == .unencryptedMessage)
    }

    @Test func anEmptyBodyIsRefused() {
        #expect(check(UnencryptedMessage.packet(body: [], id: id) + [0, 0, 0, 0]) == .unencryptedMessage)
    }

    @Test(arguments: [(4, true, false), (5, false, true), (6, false, false), (7, false, true)])
    func theSideIsToldByTheIdentifier(id: Int64, client: Bool, server: Bool) {
        let packet = UnencryptedMessage.packet(body: body, id: MessageID(id))
        #expect(check(packet, from: .client) == (client ? nil : .messageIDParity))
        #expect(check(packet, from: .server) == (server ? nil : .messageIDParity))
        #expect(check(packet) == nil)
    }

    private func check(_ packet: [UInt8], from side: MessageSide? = nil) -> SecurityCheck? {
        do throws(MTProtoError) {
            _ = try UnencryptedMessage.body(of: packet, from: side)
            return nil
        } catch {
            return error.check
        }
    }
}
