package import MTProtoCrypto

/// Four bytes of length, which counts up to fifteen random bytes behind the packet as well.
///
/// The length of the padding is nowhere written down: it follows from what a packet may look like. An encrypted one is
/// 24 bytes and a multiple of 16, an unencrypted one tells its length, and everything shorter is a note of the
/// server's.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#padded-intermediate>.
package struct PaddedIntermediateCodec: PacketCodec {
    private static let maximumPadding = 15
    /// Servers keep below a word: common clients take the remainder of a division by four for the padding.
    private static let maximumServerPadding = 3
    /// Key identifier, message key or message identifier and length, and four bytes at least.
    private static let shortestPacket = 24
    /// What a quick acknowledgment starts with, where a transport error would have its code.
    private static let quickAckMark = UInt32.max
    private static let maximumQuickAckPadding = 8

    private let side: TransportSide
    private let limits: PacketLimits
    private let random: any RandomSource
    package private(set) var lastPacketWantsQuickAck = false

    package init(side: TransportSide, limits: PacketLimits = PacketLimits(), random: any RandomSource) {
        self.side = side
        self.limits = limits
        self.random = random
    }

    package mutating func frame(_ packet: OutgoingPacket, into output: inout [UInt8]) {
        packet.checkShape()
        append(
            packet.bytes,
            padding: side == .client ? Self.maximumPadding : Self.maximumServerPadding,
            flag: packet.quickAckToken == nil ? 0 : IntermediateCodec.quickAckBit,
            to: &output
        )
    }

    package mutating func frameQuickAck(_ token: UInt32, into output: inout [UInt8]) {
        let mark = withUnsafeBytes(of: Self.quickAckMark, Array.init)
        let note = mark + withUnsafeBytes(of: token.littleEndian, Array.init)
        append(note, padding: Self.maximumQuickAckPadding, flag: 0, to: &output)
    }

    private func append(_ content: [UInt8], padding maximumPadding: Int, flag: UInt32, to output: inout [UInt8]) {
        // Both the number of bytes and the bytes, at the price of one.
        let noise = random.bytes(1 + Self.maximumPadding)
        let padding = noise.prefix(Int(noise[Self.maximumPadding]) % (maximumPadding + 1))
        let length = UInt32(content.count + padding.count) | flag
        withUnsafeBytes(of: length.littleEndian) { output.append(contentsOf: $0) }
        output.append(contentsOf: content)
        output.append(contentsOf: padding)
    }

    package mutating func nextFrame(from input: inout ByteQueue) throws(MTProtoError) -> TransportFrame? {
        guard let header: UInt32 = input.integer() else { return nil }
        let isFlagged = header & IntermediateCodec.quickAckBit != 0
        if isFlagged, side == .client {
            // Some servers send the note as in the framing without padding; no length has this bit.
            input.discard(4)
            return .quickAck(header)
        }
        let length = Int(header & ~IntermediateCodec.quickAckBit)
        try limits.check(length, in: .paddedIntermediate)
        guard input.count - 4 >= length else {
            input.expect(4 + length)
            return nil
        }
        input.discard(4)
        if length < Self.shortestPacket {
            guard let note = input.consume(length) else { return nil }
            return try Self.frame(note: note, for: side)
        }
        let count = Self.packetCount(in: input, length: length)
        guard let packet = input.consume(count, dropping: length - count) else { return nil }
        lastPacketWantsQuickAck = isFlagged
        return .packet(packet)
    }

    /// How many of the frame's bytes are the packet.
    private static func packetCount(in input: ByteQueue, length: Int) -> Int {
        if input.integer(as: Int64.self) == 0 {
            // Unencrypted: key identifier, message identifier, length, body.
            let bodyCount = Int(input.integer(at: 16, as: Int32.self) ?? 0)
            let count = 20 &+ bodyCount
            if bodyCount > 0, count <= length, length - count <= maximumPadding { return count }
            // Nonsense is left to those who check messages.
            return length - length % 4
        }
        return length - (length - shortestPacket) % 16
    }

    private static func frame(note: [UInt8], for side: TransportSide) throws(MTProtoError) -> TransportFrame {
        if side == .client {
            if note.count >= 8, note[..<4].allSatisfy({ $0 == 0xff }) {
                return .quickAck(note[4..<8].reversed().reduce(0) { $0 << 8 | UInt32($1) })
            }
            if let error = TransportFrame(errorBytes: note) { return error }
        }
        throw MTProtoError(
            .malformedTransport,
            "a packet of \(note.count) bytes came over 'paddedIntermediate', where no packet is shorter than "
                + "\(shortestPacket)"
        )
    }
}
