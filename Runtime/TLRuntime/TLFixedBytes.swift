/// `int128`: 16 opaque bytes, such as the nonces of a key exchange.
///
/// The protocol never calculates with them, so neither does this type: it compares, hashes and converts to bytes.
public struct TLInt128: Sendable, Hashable {
    /// Bytes 0 to 7 as a little-endian word.
    public var low: UInt64
    /// Bytes 8 to 15 as a little-endian word.
    public var high: UInt64

    /// Creates a value from its two halves.
    public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// Creates a value from its bytes in the order of the wire; `nil` unless there are 16.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.init(low: littleEndianWord(bytes[0..<8]), high: littleEndianWord(bytes[8..<16]))
    }

    /// The 16 bytes in the order of the wire.
    public var bytes: [UInt8] { littleEndianBytes(low) + littleEndianBytes(high) }
}

/// `int256`: 32 opaque bytes, such as the new nonce of a key exchange.
public struct TLInt256: Sendable, Hashable {
    /// Bytes 0 to 15.
    public var low: TLInt128
    /// Bytes 16 to 31.
    public var high: TLInt128

    /// Creates a value from its two halves.
    public init(low: TLInt128, high: TLInt128) {
        self.low = low
        self.high = high
    }

    /// Creates a value from its bytes in the order of the wire; `nil` unless there are 32.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32, let low = TLInt128(bytes: Array(bytes[0..<16])),
            let high = TLInt128(bytes: Array(bytes[16..<32]))
        else { return nil }
        self.init(low: low, high: high)
    }

    /// The 32 bytes in the order of the wire.
    public var bytes: [UInt8] { low.bytes + high.bytes }
}

private func littleEndianWord(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
}

private func littleEndianBytes(_ word: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
}
