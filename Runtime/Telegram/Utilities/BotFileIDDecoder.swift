internal import MTProto

/// Reads file ids: base64 for links without padding, in it runs of zeros as `00 n`, and at the end the version of the
/// form.
enum BotFileIDDecoder {
    /// In the number of the type.
    static let webFlag: Int32 = 1 << 24
    static let referenceFlag: Int32 = 1 << 25

    /// The versions of the newest form in which something has changed.
    private static let sourceSubversion: UInt8 = 22
    private static let volumelessSubversion: UInt8 = 32

    private static let maximumLength = 8192

    static func decode(_ text: String) -> BotFileID? {
        guard text.utf8.count <= maximumLength, let packed = Base64.decode(text), let bytes = unpacked(packed) else {
            return nil
        }
        return bytes.withUnsafeBytes { bytes in
            guard let version = bytes.last else { return nil }
            switch version {
            case 2: return legacy(UnsafeRawBufferPointer(rebasing: bytes.dropLast()))
            case 4 where bytes.count >= 2:
                return modern(UnsafeRawBufferPointer(rebasing: bytes.dropLast(2)), subversion: bytes[bytes.count - 2])
            default: return nil
            }
        }
    }

    private static func unpacked(_ packed: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        var position = 0
        while position < packed.count {
            if packed[position] != 0 {
                bytes.append(packed[position])
                position += 1
            } else {
                guard position + 1 < packed.count else { return nil }
                bytes.append(contentsOf: repeatElement(0, count: Int(packed[position + 1])))
                position += 2
            }
        }
        return bytes
    }

    // MARK: - The form of 2015

    private static func legacy(_ bytes: UnsafeRawBufferPointer) -> BotFileID? {
        var reader = ByteReader(bytes)
        guard let type = reader.integer(as: Int32.self), let dataCenter = reader.integer(as: Int32.self),
            (1...5).contains(dataCenter), (0..<256).contains(type), let id = reader.integer(as: Int64.self),
            let hash = reader.integer(as: Int64.self)
        else { return nil }
        let location: BotFileID.Location
        if reader.isAtEnd {
            location = .document(id: id, accessHash: hash)
        } else {
            guard let volume = reader.integer(as: Int64.self), let secret = reader.integer(as: Int64.self),
                let local = reader.integer(as: Int32.self), reader.isAtEnd
            else { return nil }
            location = .photo(
                id: id,
                accessHash: hash,
                source: .legacy(volume: volume, secret: secret, local: local)
            )
        }
        return BotFileID(type: BotFileID.FileType(rawValue: type), dataCenter: dataCenter, location: location)
    }

    // MARK: - The form since 2019

    private static func modern(_ bytes: UnsafeRawBufferPointer, subversion: UInt8) -> BotFileID? {
        var reader = ByteReader(bytes)
        guard let flags = reader.integer(as: Int32.self), let dataCenter = reader.integer(as: Int32.self) else {
            return nil
        }
        let isWeb = flags & webFlag != 0
        // What is elsewhere is in no data centre.
        guard isWeb || (1...1000).contains(dataCenter) else { return nil }
        let type = BotFileID.FileType(rawValue: flags & ~(webFlag | referenceFlag))
        guard (0..<256).contains(type.rawValue) else { return nil }
        var reference: [UInt8] = []
        if flags & referenceFlag != 0 {
            guard let bytes = reader.tlBytes() else { return nil }
            reference = Array(bytes)
        }
        guard let location = location(&reader, type, isWeb: isWeb, subversion), reader.isAtEnd else {
            return nil
        }
        return BotFileID(
            type: type,
            dataCenter: isWeb ? 0 : dataCenter,
            location: location,
            fileReference: reference
        )
    }

    private static func location(
        _ reader: inout ByteReader,
        _ type: BotFileID.FileType,
        isWeb: Bool,
        _ subversion: UInt8
    ) -> BotFileID.Location? {
        if isWeb {
            guard let url = reader.tlBytes(), let hash = reader.integer(as: Int64.self) else { return nil }
            return String(validating: url, as: UTF8.self).map { .web(url: $0, accessHash: hash) }
        }
        guard let id = reader.integer(as: Int64.self), let hash = reader.integer(as: Int64.self) else { return nil }
        guard type.isPhoto else { return .document(id: id, accessHash: hash) }
        let source = subversion < volumelessSubversion ? oldSource(&reader, subversion) : source(&reader)
        return source.map { .photo(id: id, accessHash: hash, source: $0) }
    }

    /// Before, the volume and the local number were around the rest.
    private static func oldSource(_ reader: inout ByteReader, _ subversion: UInt8) -> BotFileID.PhotoSource? {
        guard let volume = reader.integer(as: Int64.self) else { return nil }
        let kind = subversion < sourceSubversion ? 0 : reader.integer(as: Int32.self)
        switch kind {
        case 0:
            guard let secret = reader.integer(as: Int64.self), let local = reader.integer(as: Int32.self) else {
                return nil
            }
            return .legacy(volume: volume, secret: secret, local: local)
        case 1:
            guard let source = thumbnail(&reader), reader.integer(as: Int32.self) != nil else { return nil }
            return source
        case 2, 3:
            guard let peer = reader.integer(as: Int64.self), let hash = reader.integer(as: Int64.self),
                let local = reader.integer(as: Int32.self)
            else { return nil }
            return .legacyProfilePhoto(peer: peer, accessHash: hash, isBig: kind == 3, volume: volume, local: local)
        case 4:
            guard let set = reader.integer(as: Int64.self), let hash = reader.integer(as: Int64.self),
                let local = reader.integer(as: Int32.self)
            else { return nil }
            return .legacyStickerSet(id: set, accessHash: hash, volume: volume, local: local)
        default:
            return nil
        }
    }

    private static func source(_ reader: inout ByteReader) -> BotFileID.PhotoSource? {
        guard let kind = reader.integer(as: Int32.self) else { return nil }
        if kind == 1 { return thumbnail(&reader) }
        guard let first = reader.integer(as: Int64.self), let second = reader.integer(as: Int64.self) else {
            return nil
        }
        switch kind {
        case 2, 3: return .profilePhoto(peer: first, accessHash: second, isBig: kind == 3)
        case 5: return reader.integer().map { .legacy(volume: first, secret: second, local: $0) }
        case 9: return reader.integer().map { .stickerSet(id: first, accessHash: second, version: $0) }
        case 6, 7, 8:
            guard let volume = reader.integer(as: Int64.self), let local = reader.integer(as: Int32.self) else {
                return nil
            }
            if kind == 8 { return .legacyStickerSet(id: first, accessHash: second, volume: volume, local: local) }
            return .legacyProfilePhoto(
                peer: first,
                accessHash: second,
                isBig: kind == 7,
                volume: volume,
                local: local
            )
        default: return nil
        }
    }

    private static func thumbnail(_ reader: inout ByteReader) -> BotFileID.PhotoSource? {
        guard let type = reader.integer(as: Int32.self), let letter = reader.integer(as: UInt32.self), letter < 0x80,
            let scalar = Unicode.Scalar(letter)
        else { return nil }
        return .thumbnail(BotFileID.FileType(rawValue: type), size: Character(scalar))
    }
}

extension ByteReader {
    /// Bytes with their number in front, filled up to a multiple of four, as
    /// <https://core.telegram.org/mtproto/serialize#base-types> says.
    fileprivate mutating func tlBytes() -> UnsafeRawBufferPointer? {
        guard let first = byte() else { return nil }
        var count = Int(first)
        var used = 1
        if first == 254 {
            guard let low = byte(), let middle = byte(), let high = byte() else { return nil }
            count = Int(low) | Int(middle) << 8 | Int(high) << 16
            used = 4
        } else if first == 255 {
            return nil
        }
        guard let content = bytes(count), bytes(-(used + count) & 3) != nil else { return nil }
        return content
    }
}
