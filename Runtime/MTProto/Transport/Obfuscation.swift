package import MTProtoCrypto

/// Makes a stream look random, with keys that it carries itself: it hides nothing from those who know the scheme.
///
/// The client sends 64 random bytes. The key and counter of what it sends are in them, those of what it receives are in
/// them backwards; the last eight bytes, which tell framing and data centre, are sent enciphered. A proxy's secret goes
/// into both keys, so only who has it can follow.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation>.
package struct Obfuscation: Sendable {
    /// How long the client's header is.
    package static let headerCount = 64
    /// Where key and counter lie in it.
    private static let keyMaterial = 8..<56
    private static let keyCount = 32
    /// Where the framing is told.
    private static let tagOffset = 56
    /// Where the data centre is told.
    private static let dataCenterOffset = 60
    /// After so many headers that must not be sent, the random source is no good, and the last one is made to fit.
    private static let maximumAttempts = 64

    private var sending: AESCTR
    private var receiving: AESCTR

    private init(outward: AESCTR, inward: AESCTR) {
        sending = outward
        receiving = inward
    }

    /// Enciphers what leaves, in place and in order.
    package mutating func applyToSent(_ bytes: inout [UInt8]) { sending.apply(to: &bytes) }

    /// Deciphers what came, in place and in order.
    package mutating func applyToReceived(_ bytes: UnsafeMutableRawBufferPointer) { receiving.apply(to: bytes) }

    // MARK: - Client

    /// The client's half, and the header it has to send before anything else. `framing` must have a tag.
    package static func client(
        framing: TransportKind.Framing,
        dataCenter: Int16,
        secret: [UInt8]?,
        random: any RandomSource
    ) -> (obfuscation: Obfuscation, header: [UInt8]) {
        var header = acceptableBytes(from: random)
        let tag = framing.obfuscationTag ?? []
        precondition(tag.count == 4, "'\(framing.rawValue)' cannot be obfuscated")
        header.replaceSubrange(tagOffset..<dataCenterOffset, with: tag)
        withUnsafeBytes(of: dataCenter.littleEndian) { bytes in
            header.replaceSubrange(dataCenterOffset..<dataCenterOffset + 2, with: bytes)
        }
        var outward = cipher(header[keyMaterial], secret: secret)
        let inward = cipher(ArraySlice(header[keyMaterial].reversed()), secret: secret)
        var enciphered = header
        outward.apply(to: &enciphered)
        header.replaceSubrange(tagOffset..., with: enciphered[tagOffset...])
        return (Obfuscation(outward: outward, inward: inward), header)
    }

    /// Random bytes that no server takes for the start of something else.
    private static func acceptableBytes(from random: any RandomSource) -> [UInt8] {
        for _ in 0..<maximumAttempts {
            let bytes = random.bytes(headerCount)
            if isAcceptable(bytes) { return bytes }
        }
        var bytes = random.bytes(headerCount)
        bytes[0] = 0x01
        bytes[4] |= 0x01
        return bytes
    }

    /// Whether 64 bytes may be the header: servers tell framings apart by what a connection starts with.
    package static func isAcceptable(_ header: [UInt8]) -> Bool {
        guard header.count == headerCount, header[0] != 0xef else { return false }
        // Zero here is the sequence number of the first full packet.
        guard header[4..<8].contains(where: { $0 != 0 }) else { return false }
        return !forbiddenStarts.contains(Array(header[..<4]))
    }

    /// The other framings' markers, HTTP methods, the start of a TLS hello, and one more that is known to be refused.
    private static let forbiddenStarts: [[UInt8]] =
        [[0xee, 0xee, 0xee, 0xee], [0xdd, 0xdd, 0xdd, 0xdd], [0x16, 0x03, 0x01, 0x02]]
        + ["HEAD", "POST", "GET ", "OPTI", "PUT ", "DELE", "PATC", "CONN", "TRAC", "PVrG"].map { Array($0.utf8) }

    // MARK: - Server

    /// The server's half, with what the client's header of 64 bytes tells; `nil` when it tells no framing, as with
    /// another secret or in a stream that is not obfuscated.
    package static func server(
        header: [UInt8],
        secret: [UInt8]?
    ) -> (obfuscation: Obfuscation, framing: TransportKind.Framing, dataCenter: Int16)? {
        guard header.count == headerCount else { return nil }
        var inward = cipher(header[keyMaterial], secret: secret)
        let outward = cipher(ArraySlice(header[keyMaterial].reversed()), secret: secret)
        var plain = header
        inward.apply(to: &plain)
        let tag = Array(plain[tagOffset..<dataCenterOffset])
        guard let framing = TransportKind.Framing.allCases.first(where: { $0.obfuscationTag == tag }) else {
            return nil
        }
        let dataCenter = Int16(plain[dataCenterOffset]) | Int16(plain[dataCenterOffset + 1]) << 8
        return (Obfuscation(outward: outward, inward: inward), framing, dataCenter)
    }

    private static func cipher(_ material: ArraySlice<UInt8>, secret: [UInt8]?) -> AESCTR {
        let key = Array(material.prefix(keyCount))
        return AESCTR(
            key: secret.map { Digest.sha256(key, $0) } ?? key,
            iv: Array(material.dropFirst(keyCount))
        )
    }
}

extension TransportKind.Framing {
    /// What an obfuscation header says for this framing: its marker, four bytes long; `nil` when it cannot be
    /// obfuscated.
    package var obfuscationTag: [UInt8]? {
        switch self {
        case .full, .http: nil
        case .abridged: [0xef, 0xef, 0xef, 0xef]
        case .intermediate, .paddedIntermediate: marker
        }
    }
}
