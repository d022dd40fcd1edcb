/// What an MTProxy shares with its users: a key, and how the connection is to look.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation>.
package struct MTProxySecret: Sendable, Hashable {
    /// How the connection looks to somebody who watches it.
    package enum Mode: Sendable, Hashable {
        /// Random bytes; every framing that can be obfuscated will do.
        case plain
        /// Random bytes without telling lengths: the framing has to be the padded one.
        case padded
        /// TLS to a web site; the framing inside has to be the padded one.
        case fakeTLS(domain: String)
    }

    /// Keeps the greeting within one TLS record, and is what other clients allow.
    package static let maximumDomainLength = 182
    private static let keyLength = 16
    private static let paddedPrefix: UInt8 = 0xDD
    private static let fakeTLSPrefix: UInt8 = 0xEE

    /// 16 bytes.
    package let key: [UInt8]
    package let mode: Mode

    /// Whether packets have to travel in the padded framing.
    package var requiresPadding: Bool { mode != .plain }

    /// - Throws: ``MTProtoError/Code/invalidProxy`` when the key does not have 16 bytes, or the domain is not one.
    package init(key: [UInt8], mode: Mode) throws(MTProtoError) {
        guard key.count == Self.keyLength else {
            throw Self.invalid("its key has \(key.count) bytes, expected \(Self.keyLength)")
        }
        if case .fakeTLS(let domain) = mode { try Self.checkDomain(domain) }
        self.key = key
        self.mode = mode
    }

    /// Reads hexadecimal digits or base64, either alphabet, with or without padding.
    package init(_ text: String) throws(MTProtoError) {
        // Digits only can be base64 as well, but nobody's secrets are: 22 letters of base64 are hardly ever all digits.
        guard let bytes = Hexadecimal.decode(text) ?? Base64.decode(text) else {
            throw Self.invalid("its \(text.utf8.count) bytes of text are neither hexadecimal nor base64")
        }
        try self.init(bytes: bytes)
    }

    /// The binary form: a key, or a prefix byte, a key and perhaps a domain.
    package init(bytes: [UInt8]) throws(MTProtoError) {
        let key = bytes.dropFirst().prefix(Self.keyLength)
        let rest = bytes.dropFirst(1 + Self.keyLength)
        switch (bytes.count, bytes.first) {
        case (Self.keyLength, _):
            try self.init(key: bytes, mode: .plain)
        case (Self.keyLength + 1, Self.paddedPrefix):
            try self.init(key: Array(key), mode: .padded)
        case ((Self.keyLength + 1)..., Self.fakeTLSPrefix):
            guard rest.allSatisfy({ $0 < 0x80 }) else { throw Self.invalid("its domain is not ASCII") }
            try self.init(key: Array(key), mode: .fakeTLS(domain: String(decoding: rest, as: UTF8.self)))
        case (let count, _):
            throw Self.invalid(
                "it has \(count) bytes, expected 16; or 17 that start with 'dd'; or more that start with 'ee'"
            )
        }
    }

    /// The binary form in hexadecimal, as users pass it on. A secret: not for logs.
    package var text: String {
        switch mode {
        case .plain: Hexadecimal.encode(key)
        case .padded: Hexadecimal.encode([Self.paddedPrefix] + key)
        case .fakeTLS(let domain): Hexadecimal.encode([Self.fakeTLSPrefix] + key + Array(domain.utf8))
        }
    }

    private static func checkDomain(_ domain: String) throws(MTProtoError) {
        guard (1...maximumDomainLength).contains(domain.utf8.count) else {
            throw invalid("its domain has \(domain.utf8.count) bytes, expected 1 to \(maximumDomainLength)")
        }
        guard domain.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw invalid("its domain is not printable ASCII")
        }
    }

    private static func invalid(_ message: String) -> MTProtoError {
        MTProtoError(.invalidProxy, "the MTProxy's secret is not one: \(message)")
    }
}

extension MTProxySecret: CustomStringConvertible, CustomReflectable {
    /// The mode; never the key.
    package var description: String {
        switch mode {
        case .plain: "plain secret"
        case .padded: "padded secret"
        case .fakeTLS: "fake TLS secret"
        }
    }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
