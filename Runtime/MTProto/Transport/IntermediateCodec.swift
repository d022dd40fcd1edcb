/// Four bytes of length.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#intermediate>.
package struct IntermediateCodec: PacketCodec {
    /// Client to server: acknowledge at once. Server to client: this is such an acknowledgment, not a length.
    static let quickAckBit: UInt32 = 1 << 31

    private let side: TransportSide
    private let limits: PacketLimits
    package private(set) var lastPacketWantsQuickAck = false

    package init(side: TransportSide, limits: PacketLimits = PacketLimits()) {
        self.side = side
        self.limits = limits
    }

    package mutating func frame(_ packet: OutgoingPacket, into output: inout [UInt8]) {
        packet.checkShape()
        let length = UInt32(packet.bytes.count) | (packet.quickAckToken == nil ? 0 : Self.quickAckBit)
        withUnsafeBytes(of: length.littleEndian) { output.append(contentsOf: $0) }
        output.append(contentsOf: packet.bytes)
    }

    package mutating func nextFrame(from input: inout ByteQueue) throws(MTProtoError) -> TransportFrame? {
        guard let header: UInt32 = input.integer() else { return nil }
        let isFlagged = header & Self.quickAckBit != 0
        if isFlagged, side == .client {
            input.discard(4)
            return .quickAck(header)
        }
        let length = Int(header & ~Self.quickAckBit)
        try limits.checkAligned(length, in: .intermediate)
        guard input.count - 4 >= length else {
            input.expect(4 + length)
            return nil
        }
        input.discard(4)
        guard let content = input.consume(length) else { return nil }
        lastPacketWantsQuickAck = isFlagged
        return TransportFrame(content: content, for: side)
    }

    package mutating func frameQuickAck(_ token: UInt32, into output: inout [UInt8]) {
        withUnsafeBytes(of: token.littleEndian) { output.append(contentsOf: $0) }
    }
}
