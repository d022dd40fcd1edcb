package import MTProtoCrypto

/// Puts packets on a stream of bytes and finds them there again, for one connection.
///
/// A codec sees bytes that are already deciphered. It never accepts a frame that is empty, negative or above the limit,
/// and decides so from the length alone, before the content has come. After it has thrown, the stream is of no use any
/// more.
package protocol PacketCodec: Sendable {
    /// Appends a packet in its frame. The packet must not be empty, and must be a multiple of four bytes long.
    mutating func frame(_ packet: OutgoingPacket, into output: inout [UInt8])

    /// Takes the next whole frame; `nil` when more bytes have to come first.
    mutating func nextFrame(from input: inout ByteQueue) throws(MTProtoError) -> TransportFrame?

    /// Server: appends the note that the packet with this token has come. Framings without such a note append nothing.
    mutating func frameQuickAck(_ token: UInt32, into output: inout [UInt8])

    /// Server: appends a transport error, given as a positive number.
    mutating func frameError(_ code: Int32, into output: inout [UInt8])

    /// Server: whether the packet that was taken last asked for a quick acknowledgment.
    var lastPacketWantsQuickAck: Bool { get }
}

extension PacketCodec {
    package mutating func frameError(_ code: Int32, into output: inout [UInt8]) {
        frame(OutgoingPacket(bytes: withUnsafeBytes(of: (0 &- code).littleEndian, Array.init)), into: &output)
    }
}

extension TransportKind.Framing {
    /// The codec of this framing, but for HTTP, whose two ends have nothing in common.
    package func codec(
        for side: TransportSide,
        limits: PacketLimits,
        random: any RandomSource
    ) -> (any PacketCodec)? {
        switch self {
        case .full: FullCodec(side: side, limits: limits)
        case .abridged: AbridgedCodec(side: side, limits: limits)
        case .intermediate: IntermediateCodec(side: side, limits: limits)
        case .paddedIntermediate: PaddedIntermediateCodec(side: side, limits: limits, random: random)
        case .http: nil
        }
    }

    /// What a client sends first, so that the server knows the framing. Under obfuscation the tag stands for it.
    package var marker: [UInt8] {
        switch self {
        case .full, .http: []
        case .abridged: [0xef]
        case .intermediate: [0xee, 0xee, 0xee, 0xee]
        case .paddedIntermediate: [0xdd, 0xdd, 0xdd, 0xdd]
        }
    }
}

extension OutgoingPacket {
    /// Holds our own side to the rules that every framing relies on.
    func checkShape() {
        precondition(!bytes.isEmpty && bytes.count % 4 == 0, "a packet of \(bytes.count) bytes")
    }
}

extension TransportFrame {
    /// What the content of a frame means. To a client, four bytes that are a negative number are a transport error.
    package init(content: [UInt8], for side: TransportSide) {
        if side == .client, content.count == 4, let error = TransportFrame(errorBytes: content) {
            self = error
        } else {
            self = .packet(content)
        }
    }

    /// The transport error that starts with these four bytes; `nil` when they are not a negative number.
    package init?(errorBytes bytes: [UInt8]) {
        guard bytes.count >= 4 else { return nil }
        let code = bytes.withUnsafeBytes { Int32(littleEndian: $0.loadUnaligned(as: Int32.self)) }
        guard code < 0 else { return nil }
        self = .error(Int32(clamping: code.magnitude))
    }
}

extension PacketLimits {
    /// The letters of it, as a length.
    private static let lengthOfHTTP = 0x5054_5448

    /// Judges an announced length; `surplus` is what the framing puts around the packet.
    func check(_ length: Int, surplus: Int = 0, in framing: TransportKind.Framing) throws(MTProtoError) {
        let count = length - surplus
        guard count > 0 else {
            throw MTProtoError(
                .malformedTransport,
                "a frame of \(length) bytes was announced over '\(framing.rawValue)', and no packet fits into it"
            )
        }
        guard length != Self.lengthOfHTTP else {
            throw MTProtoError(
                .malformedTransport,
                "'HTTP' came in place of a length over '\(framing.rawValue)': a web server is at the other end, or a proxy "
                    + "that does not let the connection through"
            )
        }
        guard count <= packet else {
            throw MTProtoError(
                .malformedTransport,
                "a packet of \(count) bytes was announced over '\(framing.rawValue)', and the limit is \(packet)"
            )
        }
    }

    /// Judges an announced length that has to be a multiple of four.
    package func checkAligned(_ length: Int, surplus: Int = 0, in framing: TransportKind.Framing) throws(MTProtoError) {
        try check(length, surplus: surplus, in: framing)
        guard length % 4 == 0 else {
            throw MTProtoError(
                .malformedTransport,
                "a frame of \(length) bytes was announced over '\(framing.rawValue)', which takes multiples of four"
            )
        }
    }
}
