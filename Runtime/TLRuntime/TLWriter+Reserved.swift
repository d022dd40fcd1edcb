// Writing into room that was made beforehand. Generated code makes room once for each run of fields of fixed size.
extension TLWriter {
    /// Makes room for at least `count` more bytes.
    @inlinable
    public mutating func reserve(_ count: Int) {
        if end - cursor < count { grow(by: count) }
    }

    /// Four bytes, little endian. The room must have been reserved.
    @inlinable
    public mutating func putWord(_ value: UInt32) {
        assert(end - cursor >= 4, "no room was reserved")
        cursor.storeBytes(of: value.littleEndian, as: UInt32.self)
        cursor += 4
    }

    /// Eight bytes, little endian. The room must have been reserved.
    @inlinable
    public mutating func putLong(_ value: Int64) {
        assert(end - cursor >= 8, "no room was reserved")
        cursor.storeBytes(of: value.littleEndian, as: Int64.self)
        cursor += 8
    }

    /// As ``putWord(_:)``, signed.
    @inlinable
    public mutating func putInt(_ value: Int32) { putWord(UInt32(bitPattern: value)) }

    /// As ``putLong(_:)``, an IEEE 754 binary64.
    @inlinable
    public mutating func putDouble(_ value: Double) { putLong(Int64(bitPattern: value.bitPattern)) }

    /// As ``putWord(_:)``, a boxed `Bool`.
    @inlinable
    public mutating func putBool(_ value: Bool) {
        putWord(value ? TLConstructorID.boolTrue : TLConstructorID.boolFalse)
    }

    /// 16 bytes. The room must have been reserved.
    @inlinable
    public mutating func putInt128(_ value: TLInt128) {
        putLong(Int64(bitPattern: value.low))
        putLong(Int64(bitPattern: value.high))
    }

    /// 32 bytes. The room must have been reserved.
    @inlinable
    public mutating func putInt256(_ value: TLInt256) {
        putInt128(value.low)
        putInt128(value.high)
    }
}
