import MTProto
import MTProtoCrypto
import Testing

/// Random bytes that can be had again: all of them follow from a seed, or are given.
final class TransportRandom: RandomSource {
    private struct State {
        var script: [UInt8]
        var seed: UInt64
    }

    private let state: Locked<State>

    /// Hands out the script first, and then what follows from the seed.
    init(_ script: [UInt8] = [], seed: UInt64 = 1) { state = Locked(State(script: script, seed: seed)) }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        state.withLock { state in
            let scripted = min(state.script.count, buffer.count)
            for index in 0..<scripted { buffer[index] = state.script[index] }
            state.script.removeFirst(scripted)
            for start in stride(from: scripted, to: buffer.count, by: 8) {
                withUnsafeBytes(of: Self.next(&state.seed)) { word in
                    UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: word.prefix(buffer.count - start)))
                }
            }
        }
    }

    /// SplitMix64.
    private static func next(_ seed: inout UInt64) -> UInt64 {
        seed &+= 0x9e37_79b9_7f4a_7c15
        var value = seed
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}

/// Test data of the transports.
enum Wire {
    /// A packet that looks encrypted: the key identifier in front is not zero.
    static func packet(_ count: Int, seed: UInt64 = 7) -> [UInt8] {
        var bytes = TransportRandom(seed: seed).bytes(count)
        // Four bytes with the top bit set would be a transport error.
        bytes[0] |= 1
        bytes[3] &= 0x7f
        return bytes
    }

    /// An unencrypted message: zero, identifier, length, body.
    static func unencrypted(body count: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: 8) + [UInt8](repeating: 3, count: 8)
            + withUnsafeBytes(of: UInt32(count).littleEndian, Array.init) + [UInt8](repeating: 9, count: count)
    }

    /// The bytes of hexadecimal digits; blanks are left out.
    static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.filter { $0 != " " && $0 != "\n" }.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    static let framings = TransportKind.Framing.allCases.filter { $0 != .http }

    /// How many bytes may be in a packet of this framing: the padded one finds the end of a packet by its shape.
    static func counts(_ framing: TransportKind.Framing) -> [Int] {
        framing == .paddedIntermediate
            ? [24, 40, 504, 520, 1_048_584] : [4, 8, 12, 500, 504, 508, 512, 1_048_576, 1_048_580]
    }

    static func codec(
        _ framing: TransportKind.Framing,
        _ side: TransportSide,
        limits: PacketLimits = PacketLimits(),
        seed: UInt64 = 3
    ) throws -> any PacketCodec {
        let random = TransportRandom(seed: seed)
        if framing == .http { return HTTPClientCodec(host: Endpoint(host: "127.0.0.1", port: 80), limits: limits) }
        return try #require(framing.codec(for: side, limits: limits, random: random))
    }

    /// What a codec finds in the pieces, fed one after the other.
    static func frames(
        _ codec: inout any PacketCodec,
        _ pieces: [ArraySlice<UInt8>]
    ) throws(MTProtoError) -> [TransportFrame] {
        var queue = ByteQueue()
        var frames: [TransportFrame] = []
        for piece in pieces {
            queue.append(piece)
            while let frame = try codec.nextFrame(from: &queue) { frames.append(frame) }
        }
        return frames
    }

    static let now = TimeReading(wall: .seconds(1_700_000_000), monotonic: .seconds(1000))
}

extension PacketCodec {
    /// The bytes of frames around these packets.
    mutating func framed(_ packets: [UInt8]..., token: UInt32? = nil) -> [UInt8] {
        var output: [UInt8] = []
        for packet in packets { frame(OutgoingPacket(bytes: packet, quickAckToken: token), into: &output) }
        return output
    }

    mutating func quickAck(_ token: UInt32) -> [UInt8] {
        var output: [UInt8] = []
        frameQuickAck(token, into: &output)
        return output
    }

    mutating func error(_ code: Int32) -> [UInt8] {
        var output: [UInt8] = []
        frameError(code, into: &output)
        return output
    }
}
