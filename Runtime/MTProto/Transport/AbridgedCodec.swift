/// One byte of length, counted in words of four bytes, or four bytes of length for packets of 508 bytes and more.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#abridged>.
package struct AbridgedCodec: PacketCodec {
    /// The first byte when three bytes of length follow, and the first number of words that needs them.
    private static let longForm = 0x7f
    /// Client to server, on the first byte: acknowledge at once. Server to client: this is such an acknowledgment.
    private static let quickAckBit: UInt8 = 0x80
    private static let maximumWords = 0xff_ffff

    private let side: TransportSide
    private let limits: PacketLimits
    package private(set) var lastPacketWantsQuickAck = false

    package init(side: TransportSide, limits: PacketLimits = PacketLimits()) {
        self.side = side
        self.limits = limits
    }

    package mutating func frame(_ packet: OutgoingPacket, into output: inout [UInt8]) {
        packet.checkShape()
        let words = packet.bytes.count / 4
        precondition(words <= Self.maximumWords, "a packet of \(packet.bytes.count) bytes")
        let flag = packet.quickAckToken == nil ? 0 : Self.quickAckBit
        if words < Self.longForm {
            output.append(UInt8(truncatingIfNeeded: words) | flag)
        } else {
            output.append(UInt8(Self.longForm) | flag)
            for shift in [0, 8, 16] { output.append(UInt8(truncatingIfNeeded: words >> shift)) }
        }
        output.append(contentsOf: packet.bytes)
    }

    package mutating func nextFrame(from input: inout ByteQueue) throws(MTProtoError) -> TransportFrame? {
        guard !input.isEmpty else { return nil }
        let first = input[0]
        let isFlagged = first & Self.quickAckBit != 0
        if isFlagged, side == .client {
            // The token comes with its bytes in reverse, so that the bit which is always set comes first.
            guard let token: UInt32 = input.integer() else { return nil }
            input.discard(4)
            return .quickAck(token.byteSwapped)
        }
        var words = Int(first & ~Self.quickAckBit)
        var headerCount = 1
        if words == Self.longForm {
            guard let header: UInt32 = input.integer() else { return nil }
            words = Int(header >> 8)
            headerCount = 4
        }
        let length = words * 4
        try limits.check(length, in: .abridged)
        guard input.count - headerCount >= length else {
            input.expect(headerCount + length)
            return nil
        }
        input.discard(headerCount)
        guard let content = input.consume(length) else { return nil }
        lastPacketWantsQuickAck = isFlagged
        return TransportFrame(content: content, for: side)
    }

    package mutating func frameQuickAck(_ token: UInt32, into output: inout [UInt8]) {
        withUnsafeBytes(of: token.bigEndian) { output.append(contentsOf: $0) }
    }
}
