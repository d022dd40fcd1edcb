/// How packets are put on the wire.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports>.
public struct TransportKind: Sendable, Hashable {
    /// How packets are told apart.
    public enum Framing: String, Sendable, Hashable, CaseIterable {
        /// Length, sequence number and checksum around each packet.
        case full
        /// One byte of length for most packets: the smallest overhead.
        case abridged
        /// Four bytes of length.
        case intermediate
        /// Four bytes of length, and random padding that hides it.
        case paddedIntermediate
        /// Packets as bodies of HTTP requests, for networks that let nothing else through.
        case http
    }

    /// How packets are told apart.
    public let framing: Framing
    /// Whether the stream is encrypted once more, so that it looks like random bytes from the first one on.
    public let isObfuscated: Bool

    private init(_ framing: Framing, isObfuscated: Bool = false) {
        self.framing = framing
        self.isObfuscated = isObfuscated
    }

    /// TCP with length, sequence number and checksum. Cannot be obfuscated.
    public static let full = TransportKind(.full)
    /// TCP with the smallest overhead.
    public static let abridged = TransportKind(.abridged)
    /// TCP with four bytes of length.
    public static let intermediate = TransportKind(.intermediate)
    /// TCP with padding.
    public static let paddedIntermediate = TransportKind(.paddedIntermediate)
    /// HTTP; slower, since the client has to ask for what the server wants to push.
    public static let http = TransportKind(.http)
    /// ``abridged``, obfuscated.
    public static let obfuscatedAbridged = TransportKind(.abridged, isObfuscated: true)
    /// ``intermediate``, obfuscated.
    public static let obfuscatedIntermediate = TransportKind(.intermediate, isObfuscated: true)
    /// ``paddedIntermediate``, obfuscated.
    public static let obfuscatedPaddedIntermediate = TransportKind(.paddedIntermediate, isObfuscated: true)

    /// All of them.
    public static let all: [TransportKind] = [
        .full, .abridged, .intermediate, .paddedIntermediate, .http,
        .obfuscatedAbridged, .obfuscatedIntermediate, .obfuscatedPaddedIntermediate,
    ]
}

extension TransportKind: CustomStringConvertible {
    /// `abridged`, `obfuscated abridged`.
    public var description: String { isObfuscated ? "obfuscated \(framing.rawValue)" : framing.rawValue }
}
