import MTProtoCrypto

/// Length, sequence number, packet and CRC-32, all of which is checked.
///
/// There are no quick acknowledgments in this framing.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#full>.
package struct FullCodec: PacketCodec {
    /// Length, sequence number and checksum.
    private static let overhead = 12
    /// Servers that refuse a connection have been seen to send the bare code in place of a frame.
    private static let bareErrorCodes: ClosedRange<Int32> = -999 ... -1

    private let side: TransportSide
    private let limits: PacketLimits
    private var nextSent: Int32 = 0
    private var nextReceived: Int32 = 0
    package let lastPacketWantsQuickAck = false

    package init(side: TransportSide, limits: PacketLimits = PacketLimits()) {
        self.side = side
        self.limits = limits
    }

    package mutating func frame(_ packet: OutgoingPacket, into output: inout [UInt8]) {
        packet.checkShape()
        let start = output.count
        let length = UInt32(packet.bytes.count + Self.overhead)
        withUnsafeBytes(of: length.littleEndian) { output.append(contentsOf: $0) }
        withUnsafeBytes(of: nextSent.littleEndian) { output.append(contentsOf: $0) }
        output.append(contentsOf: packet.bytes)
        let checksum = output.withUnsafeBytes { CRC32.checksum(UnsafeRawBufferPointer(rebasing: $0[start...])) }
        withUnsafeBytes(of: checksum.littleEndian) { output.append(contentsOf: $0) }
        nextSent &+= 1
    }

    package mutating func nextFrame(from input: inout ByteQueue) throws(MTProtoError) -> TransportFrame? {
        guard let announced: Int32 = input.integer() else { return nil }
        if side == .client, Self.bareErrorCodes.contains(announced) {
            input.discard(4)
            return .error(-announced)
        }
        let length = Int(announced)
        try limits.checkAligned(length, surplus: Self.overhead, in: .full)
        guard input.count >= length else {
            input.expect(length)
            return nil
        }
        guard let sequence = input.integer(at: 4, as: Int32.self),
            let checksum = input.integer(at: length - 4, as: UInt32.self)
        else { return nil }
        let computed = input.withUnsafeBytes { CRC32.checksum(UnsafeRawBufferPointer(rebasing: $0[..<(length - 4)])) }
        guard computed == checksum else {
            throw MTProtoError(
                .malformedTransport,
                "a frame of \(length) bytes came over 'full' with the checksum \(checksum), "
                    + "but its bytes give \(computed)"
            )
        }
        input.discard(8)
        guard let content = input.consume(length - Self.overhead, dropping: 4) else { return nil }
        let frame = TransportFrame(content: content, for: side)
        // A server that gives up does not always count that frame.
        if case .error = frame { return frame }
        guard sequence == nextReceived else {
            throw MTProtoError(
                .malformedTransport,
                "frame \(sequence) came over 'full', and frame \(nextReceived) was expected"
            )
        }
        nextReceived &+= 1
        return frame
    }

    package mutating func frameQuickAck(_ token: UInt32, into output: inout [UInt8]) {}
}
