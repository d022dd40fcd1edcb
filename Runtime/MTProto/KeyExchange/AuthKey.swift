import MTProtoCrypto

/// The secret that one client and one data centre share: 256 bytes, made by a key exchange and never sent.
///
/// See <https://core.telegram.org/mtproto/description#authorization-key>.
package struct AuthKey: Sendable, Hashable {
    package static let byteCount = 256

    package private(set) var bytes: [UInt8]
    /// The last eight bytes of its SHA-1: how packets tell which key they are encrypted with.
    package let id: Int64
    /// The first eight bytes of its SHA-1, which a key exchange proves knowledge of.
    package let auxiliaryHash: Int64

    /// `nil` unless there are 256 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        let digest = Digest.sha1(bytes)
        self.bytes = bytes
        id = Int64(littleEndianBytes: digest[12..<20])
        auxiliaryHash = Int64(littleEndianBytes: digest[0..<8])
    }

    /// Overwrites a key that came to nothing. Copies of it keep their bytes.
    package mutating func wipe() { bytes.wipe() }
}

extension AuthKey: CustomStringConvertible {
    /// Never shows the key.
    package var description: String { "auth key \(String(UInt64(bitPattern: id), radix: 16))" }
}

extension AuthKey: CustomReflectable {
    /// Never shows the key, not even to `dump`.
    package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}

extension Int64 {
    /// Reads eight bytes, least significant first; missing ones count as zero.
    package init(littleEndianBytes bytes: ArraySlice<UInt8>) {
        self = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int64($1) }
    }

    /// Its eight bytes, least significant first.
    package var littleEndianBytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: self >> (8 * Int64($0))) } }
}
