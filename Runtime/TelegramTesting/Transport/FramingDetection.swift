package import MTProto

/// What the first bytes of a connection say about how a client speaks.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports>: four framings announce themselves, the fifth has its
/// first sequence number, zero, where the others never have one, and everything else is obfuscated or nonsense.
package enum FramingDetection: Sendable, Equatable {
    /// The decision needs more bytes.
    case undecided
    /// A framing that is spoken plainly, after so many bytes that only announce it.
    case plain(TransportKind.Framing, markerCount: Int)
    /// The first 64 bytes are the header of an obfuscation, or nothing that is known.
    case obfuscated
    /// A TLS hello.
    case tls

    private static let methods = ["POST", "GET ", "HEAD", "OPTI", "PUT ", "DELE", "PATC"].map { Array($0.utf8) }

    /// Decides by what a server without proxy secrets accepts.
    package init(_ input: ByteQueue) {
        let start = input.prefix(8)
        switch start.first {
        case nil:
            self = .undecided
        case 0xef:
            self = .plain(.abridged, markerCount: 1)
        default:
            guard start.count >= 4 else {
                self = .undecided
                return
            }
            let word = Array(start[..<4])
            if word == TransportKind.Framing.intermediate.marker {
                self = .plain(.intermediate, markerCount: 4)
            } else if word == TransportKind.Framing.paddedIntermediate.marker {
                self = .plain(.paddedIntermediate, markerCount: 4)
            } else if Self.methods.contains(word) {
                self = .plain(.http, markerCount: 0)
            } else if start.count < 8 {
                self = .undecided
            } else {
                self = start[4..<8].allSatisfy { $0 == 0 } ? .plain(.full, markerCount: 0) : .obfuscated
            }
        }
    }

    /// Decides by what a proxy accepts: a TLS hello, or the header of an obfuscation.
    package init(proxied input: ByteQueue, acceptsTLS: Bool) {
        let start = input.prefix(4)
        guard start.count == 4 else {
            self = .undecided
            return
        }
        // No header starts like a short hello. One that starts like a long hello is a matter of 1 in 16 millions.
        let isHello = start[..<3] == [0x16, 0x03, 0x01] && (acceptsTLS || start[3] == 0x02)
        self = isHello ? .tls : .obfuscated
    }
}
