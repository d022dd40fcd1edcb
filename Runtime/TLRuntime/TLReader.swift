/// Reads TL values from a run of bytes.
///
/// The reader is *sticky*: the first problem is remembered, the position jumps to the end, and everything read from
/// then on is zero or empty. Generated code therefore needs no error path, and ``finish()`` throws once.
///
/// Nothing is trusted: each read checks the bytes that are left, a count is checked before room is reserved for its
/// elements, and nesting is limited.
///
/// Generated code uses this type; applications decode with `TL.User(decoding: bytes)`.
public struct TLReader: ~Copyable {
    /// How deeply recursive types may nest before decoding fails with ``TLDecodingError/tooDeep(limit:offset:)``.
    public static let depthLimit = 128

    @usableFromInline let start: UnsafeRawPointer
    @usableFromInline let end: UnsafeRawPointer
    @usableFromInline var cursor: UnsafeRawPointer
    @usableFromInline var levelsLeft = TLReader.depthLimit
    /// How many vector elements may still get room in advance. Each element takes four bytes or more, so honest bytes
    /// never meet this limit, and nested dishonest counts cannot multiply.
    @usableFromInline var reservable: Int
    @usableFromInline var failure: TLDecodingError?

    /// Starts at the first byte. The buffer must outlive the reader.
    package init(_ bytes: UnsafeRawBufferPointer) {
        // An empty buffer may have no address; any address does, since nothing is read from it.
        start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 16).unsafelyUnwrapped
        cursor = start
        end = start + bytes.count
        reservable = bytes.count / 4
    }

    /// Throws the first problem, if there was one.
    package func check() throws(TLDecodingError) {
        if let failure { throw failure }
    }

    /// Throws the first problem, or complains about bytes that nobody read.
    package func finish() throws(TLDecodingError) {
        try check()
        if cursor < end { throw .trailingBytes(count: end - cursor, offset: cursor - start) }
    }

    /// Bytes from the start to the next unread one.
    package var offset: Int { cursor - start }

    /// Whether a problem has been met.
    public var hasFailed: Bool { @inlinable get { failure != nil } }

    // MARK: - Scalars

    /// Four bytes, little endian, signed.
    @inlinable
    public mutating func int() -> Int32 { Int32(bitPattern: word()) }

    /// Eight bytes, little endian, signed.
    @inlinable
    public mutating func long() -> Int64 {
        guard end - cursor >= 8 else {
            failUnexpectedEnd(needed: 8)
            return 0
        }
        let value = cursor.loadUnaligned(as: Int64.self)
        cursor += 8
        return Int64(littleEndian: value)
    }

    /// Eight bytes: an IEEE 754 binary64.
    @inlinable
    public mutating func double() -> Double { Double(bitPattern: UInt64(bitPattern: long())) }

    /// Four bytes, little endian: the number of a constructor, or a flags word.
    @inlinable
    public mutating func word() -> UInt32 {
        guard end - cursor >= 4 else {
            failUnexpectedEnd(needed: 4)
            return 0
        }
        let value = cursor.loadUnaligned(as: UInt32.self)
        cursor += 4
        return UInt32(littleEndian: value)
    }

    /// The next word, which stays unread; zero when there is none, which is no problem yet.
    public func nextWord() -> UInt32 {
        end - cursor >= 4 ? UInt32(littleEndian: cursor.loadUnaligned(as: UInt32.self)) : 0
    }

    /// A boxed `Bool`.
    public mutating func bool() -> Bool {
        switch word() {
        case TLConstructorID.boolTrue: return true
        case TLConstructorID.boolFalse: return false
        default:
            failUnknownConstructor(expected: "Bool")
            return false
        }
    }

    /// 16 bytes.
    public mutating func int128() -> TLInt128 {
        TLInt128(low: UInt64(bitPattern: long()), high: UInt64(bitPattern: long()))
    }

    /// 32 bytes.
    public mutating func int256() -> TLInt256 { TLInt256(low: int128(), high: int128()) }

    // MARK: - Constructors and nesting

    /// Reads the number that must come next, and fails if another one does.
    @inlinable
    public mutating func expect(_ id: UInt32, of type: StaticString) {
        if word() != id { failUnknownConstructor(expected: type) }
    }

    /// Goes one level down; generated code calls it for types that can contain themselves.
    @inlinable
    public mutating func descend() {
        levelsLeft -= 1
        if levelsLeft < 0 { failTooDeep() }
    }

    /// Goes back up.
    @inlinable
    public mutating func ascend() { levelsLeft += 1 }

    // MARK: - Problems

    /// Records that the number just read belongs to no constructor of `expected`. A word must have been read.
    @inline(never)
    public mutating func failUnknownConstructor(expected: StaticString) {
        guard failure == nil, cursor - start >= 4 else { return }
        let position = cursor - 4
        let id = UInt32(littleEndian: position.loadUnaligned(as: UInt32.self))
        fail(.unknownConstructor(id: id, expected: expected.description, offset: position - start))
    }

    @inline(never) @usableFromInline
    mutating func failUnexpectedEnd(needed: Int) {
        fail(.unexpectedEnd(needed: needed, left: end - cursor, offset: cursor - start))
    }

    @inline(never) @usableFromInline
    mutating func failTooDeep() {
        fail(.tooDeep(limit: Self.depthLimit, offset: cursor - start))
    }

    mutating func fail(_ error: TLDecodingError) {
        if failure == nil { failure = error }
        cursor = end
    }
}
