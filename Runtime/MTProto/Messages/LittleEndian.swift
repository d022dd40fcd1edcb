extension ArraySlice<UInt8> {
    /// The number at this distance from the start of the slice; `nil` when the slice ends before it does.
    package func integer<T: FixedWidthInteger>(at offset: Int, as type: T.Type = T.self) -> T? {
        guard offset >= 0, offset <= count - MemoryLayout<T>.size else { return nil }
        return withUnsafeBytes { T(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: T.self)) }
    }

    /// The number of the constructor that it starts with; zero when it is too short for one.
    package var constructor: UInt32 { integer(at: 0) ?? 0 }
}

extension [UInt8] {
    /// Appends a number, least significant byte first.
    package mutating func append<T: FixedWidthInteger>(littleEndian value: T) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
