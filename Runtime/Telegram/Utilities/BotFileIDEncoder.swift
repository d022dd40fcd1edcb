internal import MTProto

/// Writes what ``BotFileIDDecoder`` reads.
enum BotFileIDEncoder {
    /// The newest form that is known.
    private static let subversion: UInt8 = 54
    /// Longer runs of zeros are written as several.
    private static let longestRun = 250

    static func modern(_ id: BotFileID) -> String {
        var bytes: [UInt8] = []
        var (type, dataCenter) = (id.type.rawValue, id.dataCenter)
        if case .web = id.location { (type, dataCenter) = (type | BotFileIDDecoder.webFlag, 0) }
        if !id.fileReference.isEmpty { type |= BotFileIDDecoder.referenceFlag }
        bytes.append(littleEndian: type)
        bytes.append(littleEndian: dataCenter)
        if !id.fileReference.isEmpty { bytes.append(tlBytes: id.fileReference) }
        switch id.location {
        case .document(let id, let hash): bytes.append(pair: id, hash)
        case .photo(let id, let hash, let source):
            bytes.append(pair: id, hash)
            append(source, to: &bytes)
        case .web(let url, let hash):
            bytes.append(tlBytes: Array(url.utf8))
            bytes.append(littleEndian: hash)
        }
        return text(packed(bytes) + [subversion, 4])
    }

    static func legacy(_ id: BotFileID) -> String? {
        guard case .document(let number, let hash) = id.location else { return nil }
        var bytes: [UInt8] = []
        bytes.append(littleEndian: id.type.rawValue)
        bytes.append(littleEndian: id.dataCenter)
        bytes.append(pair: number, hash)
        return text(packed(bytes) + [2])
    }

    static func unique(_ id: BotFileID) -> String {
        var bytes: [UInt8] = []
        switch id.location {
        case .document(let number, _):
            bytes.append(littleEndian: id.type.uniqueClass)
            bytes.append(littleEndian: number)
        case .photo(let number, _, let source):
            bytes.append(littleEndian: id.type.uniqueClass)
            appendUnique(number, source, to: &bytes)
        case .web(let url, _):
            bytes.append(littleEndian: Int32(0))
            bytes.append(tlBytes: Array(url.utf8))
        }
        return text(packed(bytes))
    }

    private static func append(_ source: BotFileID.PhotoSource, to bytes: inout [UInt8]) {
        switch source {
        case .thumbnail(let type, let size):
            bytes.append(littleEndian: Int32(1))
            bytes.append(littleEndian: type.rawValue)
            bytes.append(littleEndian: Int32(letter(size)))
        case .profilePhoto(let peer, let hash, let isBig):
            bytes.append(littleEndian: Int32(isBig ? 3 : 2))
            bytes.append(pair: peer, hash)
        case .stickerSet(let id, let hash, let version):
            bytes.append(littleEndian: Int32(9))
            bytes.append(pair: id, hash)
            bytes.append(littleEndian: version)
        case .legacy(let volume, let secret, let local):
            bytes.append(littleEndian: Int32(5))
            bytes.append(pair: volume, secret)
            bytes.append(littleEndian: local)
        case .legacyProfilePhoto(let peer, let hash, let isBig, let volume, let local):
            bytes.append(littleEndian: Int32(isBig ? 7 : 6))
            bytes.append(pair: peer, hash)
            bytes.append(littleEndian: volume)
            bytes.append(littleEndian: local)
        case .legacyStickerSet(let id, let hash, let volume, let local):
            bytes.append(littleEndian: Int32(8))
            bytes.append(pair: id, hash)
            bytes.append(littleEndian: volume)
            bytes.append(littleEndian: local)
        }
    }

    private static func appendUnique(_ id: Int64, _ source: BotFileID.PhotoSource, to bytes: inout [UInt8]) {
        switch source {
        case .thumbnail(_, let size):
            bytes.append(littleEndian: id)
            // The sizes that profile photos have, too, have the numbers of those.
            bytes.append(size == "a" ? 0 : size == "c" ? 1 : letter(size) &+ 5)
        case .profilePhoto(_, _, let isBig):
            bytes.append(littleEndian: id)
            bytes.append(isBig ? 1 : 0)
        case .stickerSet(let set, _, let version):
            bytes.append(2)
            bytes.append(littleEndian: set)
            bytes.append(littleEndian: version)
        case .legacy(let volume, _, let local), .legacyProfilePhoto(_, _, _, let volume, let local),
            .legacyStickerSet(_, _, let volume, let local):
            bytes.append(littleEndian: volume)
            bytes.append(littleEndian: local)
        }
    }

    /// All real sizes are letters of ASCII.
    private static func letter(_ size: Character) -> UInt8 { size.asciiValue ?? 0 }

    private static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = []
        var zeros = 0
        for byte in bytes {
            if byte != 0 || zeros == longestRun {
                if zeros > 0 { packed += [0, UInt8(zeros)] }
                zeros = 0
            }
            if byte == 0 { zeros += 1 } else { packed.append(byte) }
        }
        if zeros > 0 { packed += [0, UInt8(zeros)] }
        return packed
    }

    private static func text(_ bytes: [UInt8]) -> String { LinkText.base64URL(bytes) }
}

extension [UInt8] {
    fileprivate mutating func append(pair first: Int64, _ second: Int64) {
        append(littleEndian: first)
        append(littleEndian: second)
    }

    fileprivate mutating func append(tlBytes bytes: [UInt8]) {
        let start = count
        if bytes.count < 254 {
            append(UInt8(bytes.count))
        } else {
            append(littleEndian: UInt32(254) | UInt32(truncatingIfNeeded: bytes.count) << 8)
        }
        append(contentsOf: bytes)
        append(contentsOf: repeatElement(0, count: (start - count) & 3))
    }
}
