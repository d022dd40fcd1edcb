/// Appends TL values to a growing buffer.
///
/// Like ``TLReader`` it is sticky: the first problem is remembered and ``finish()`` throws it, so that generated code
/// has no error paths and nobody ever sees the bytes of a value that cannot be expressed.
///
/// Generated code uses this type; applications call ``TLCodable/encoded()``.
public struct TLWriter: ~Copyable {
    /// Enough for most requests; larger values make the buffer grow a few times.
    static let usualCapacity = 1024

    @usableFromInline var start: UnsafeMutableRawPointer
    @usableFromInline var cursor: UnsafeMutableRawPointer
    @usableFromInline var end: UnsafeMutableRawPointer
    var failure: TLEncodingError?

    /// Starts empty, with room for `capacity` bytes.
    package init(capacity: Int) {
        start = .allocate(byteCount: max(capacity, 64), alignment: 16)
        cursor = start
        end = start + max(capacity, 64)
    }

    deinit { start.deallocate() }

    /// Bytes written so far.
    package var count: Int { cursor - start }

    /// Forgets what was written and keeps the room.
    package mutating func removeAll() {
        cursor = start
        failure = nil
    }

    /// Throws the first problem, if there was one.
    package func check() throws(TLEncodingError) {
        if let failure { throw failure }
    }

    /// The bytes, unless there was a problem.
    package func finish() throws(TLEncodingError) -> [UInt8] {
        try check()
        return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    // MARK: - Scalars

    /// Four bytes, little endian: the number of a constructor, or a flags word.
    @inlinable
    public mutating func word(_ value: UInt32) {
        reserve(4)
        putWord(value)
    }

    /// Four bytes, little endian, signed.
    @inlinable
    public mutating func int(_ value: Int32) { word(UInt32(bitPattern: value)) }

    /// Eight bytes, little endian, signed.
    @inlinable
    public mutating func long(_ value: Int64) {
        reserve(8)
        putLong(value)
    }

    /// Eight bytes: an IEEE 754 binary64.
    @inlinable
    public mutating func double(_ value: Double) { long(Int64(bitPattern: value.bitPattern)) }

    /// A boxed `Bool`.
    @inlinable
    public mutating func bool(_ value: Bool) { word(value ? TLConstructorID.boolTrue : TLConstructorID.boolFalse) }

    /// 16 bytes.
    public mutating func int128(_ value: TLInt128) {
        reserve(16)
        putInt128(value)
    }

    /// 32 bytes.
    public mutating func int256(_ value: TLInt256) {
        reserve(32)
        putInt256(value)
    }

    // MARK: - Problems

    /// Records that only some fields of a group that shares one flag bit are present.
    @inline(never)
    public mutating func failIncompleteGroup(_ fields: StaticString, of name: StaticString) {
        fail(.incompleteGroup(fields: fields.description, of: name.description))
    }

    mutating func fail(_ error: TLEncodingError) {
        if failure == nil { failure = error }
    }

    /// Makes room for at least `count` more bytes. The buffer grows by a factor, so that appending stays linear: by
    /// four while it is small, since memory that is never touched costs nothing, and by two later.
    @inline(never) @usableFromInline
    mutating func grow(by count: Int) {
        let used = cursor - start
        let factor = end - start < 65_536 ? 4 : 2
        let capacity = max((end - start) * factor, used + count)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        larger.copyMemory(from: start, byteCount: used)
        start.deallocate()
        start = larger
        cursor = larger + used
        end = larger + capacity
    }
}
