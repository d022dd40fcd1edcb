/// A peer as bytes, the same in memory and in files:
///
/// | Bytes | What |
/// |---|---|
/// | 4 | length of the row with these four |
/// | 1 | kind of peer (0 user, 1 basic group, 2 channel); 4 is added when there is a phone number |
/// | 8, 8 | number, access hash |
/// | | phone number if there is one, name, all usernames: each with its length in front |
///
/// Numbers are little-endian, lengths are varints. It is a view of somebody else's memory.
struct PeerRow {
    private let bytes: UnsafeRawBufferPointer

    private static let fixedByteCount = 21
    private static let phoneFlag: UInt8 = 4
    /// In memory only: the row has been replaced.
    private static let deadFlag: UInt8 = 0x80

    /// A row that starts where `bytes` does, and may be followed by anything; `nil` when it is not well formed.
    init?(validating bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= Self.fixedByteCount else { return nil }
        let length = Int(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
        guard length >= Self.fixedByteCount, length <= bytes.count else { return nil }
        self.bytes = UnsafeRawBufferPointer(rebasing: bytes[0..<length])
        guard flags & ~Self.phoneFlag <= 2 else { return nil }
        var reader = ByteReader(self.bytes, from: Self.fixedByteCount)
        var texts = 0
        while !reader.isAtEnd {
            guard reader.text() != nil else { return nil }
            texts += 1
        }
        guard texts >= (hasPhone ? 2 : 1) else { return nil }
    }

    /// A row that has been validated before.
    init(trusted bytes: UnsafeRawBufferPointer, at offset: Int) {
        let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        self.bytes = UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + length)])
    }

    // MARK: - Parts

    var byteCount: Int { bytes.count }
    var isDead: Bool { flags & Self.deadFlag != 0 }

    var id: PeerID {
        let number = Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 5, as: Int64.self))
        return switch flags & 3 {
        case 0: .user(number)
        case 1: .chat(number)
        default: .channel(number)
        }
    }

    /// Calls `body` with each text that somebody may search for.
    func forEachText(_ body: (Field, UnsafeRawBufferPointer) -> Void) {
        var reader = ByteReader(bytes, from: Self.fixedByteCount)
        var field = hasPhone ? Field.phone : .name
        while let text = reader.text() {
            if field != .name || !text.isEmpty { body(field, text) }
            field = field == .phone ? .name : .username
        }
    }

    func has(_ field: Field, _ wanted: UnsafeRawBufferPointer) -> Bool {
        var found = false
        forEachText { if $0 == field, $1.elementsEqual(wanted) { found = true } }
        return found
    }

    func equals(_ other: PeerRow) -> Bool { bytes.elementsEqual(other.bytes) }

    /// All of it as a value.
    var peer: StoredPeer {
        let hash = Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 13, as: Int64.self))
        var peer = StoredPeer(id: id, accessHash: hash)
        var reader = ByteReader(bytes, from: Self.fixedByteCount)
        if hasPhone { peer.phone = reader.text().map { String(decoding: $0, as: UTF8.self) } }
        if let name = reader.text() { peer.name = String(decoding: name, as: UTF8.self) }
        while let username = reader.text() { peer.usernames.append(String(decoding: username, as: UTF8.self)) }
        return peer
    }

    private var flags: UInt8 { bytes[4] }
    private var hasPhone: Bool { flags & Self.phoneFlag != 0 }

    /// What a peer can be found by, besides its number.
    enum Field: UInt8 {
        case phone, name, username
    }

    // MARK: - Writing

    static func append(_ peer: StoredPeer, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(littleEndian: UInt32(0))
        let kind: UInt8 =
            switch peer.id {
            case .user: 0
            case .chat: 1
            case .channel: 2
            }
        bytes.append(kind | (peer.phone == nil ? 0 : phoneFlag))
        bytes.append(littleEndian: peer.id.bare)
        bytes.append(littleEndian: peer.accessHash)
        if let phone = peer.phone { bytes.append(text: phone) }
        bytes.append(text: peer.name)
        for username in peer.usernames { bytes.append(text: username) }
        let length = UInt32(truncatingIfNeeded: bytes.count - start)
        for position in 0..<4 { bytes[start + position] = UInt8(truncatingIfNeeded: length >> UInt32(8 * position)) }
    }

    /// Marks a row as replaced.
    static func kill(_ bytes: inout [UInt8], at offset: Int) { bytes[offset + 4] |= deadFlag }
}
