/// A value with a TL form: every generated type, and the scalars, strings and vectors that answers can be.
///
/// Use ``init(decoding:)-([UInt8])`` and ``encoded()``; the two requirements are for generated code.
public protocol TLCodable: Sendable {
    /// Reads one boxed value. Only generated code calls this: a reader cannot be made outside this package.
    ///
    /// It never fails by itself. The reader remembers the first problem and yields zeros from then on, and whoever made
    /// the reader throws at the end; this keeps the thousands of generated initialisers free of error paths.
    init(from reader: inout TLReader)

    /// Appends the boxed value. Problems are remembered by the writer and thrown by ``encoded()``.
    func encode(into writer: inout TLWriter)
}

extension TLCodable {
    /// Reads one value that fills the bytes exactly.
    ///
    /// Memory in use stays within a small multiple of the length of `bytes`, whatever they contain, and so does the
    /// depth of recursion.
    /// - Throws: ``TLDecodingError`` when the bytes are cut short, contain an unknown constructor, nest too deeply, or
    ///   go on after the value.
    public init(decoding bytes: [UInt8]) throws(TLDecodingError) {
        self = try Self.decode(bytes)
    }

    /// Reads one value that fills the buffer exactly, without copying the buffer first.
    /// - Throws: ``TLDecodingError``, as ``init(decoding:)-([UInt8])``.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(TLDecodingError) {
        self = try Self.decode(bytes)
    }

    private static func decode(_ bytes: [UInt8]) throws(TLDecodingError) -> Self {
        // `withUnsafeBytes` does not pass typed errors on, so the error travels as a value.
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(TLDecodingError) in try decode(buffer) }
        }
        return try result.get()
    }

    private static func decode(_ bytes: UnsafeRawBufferPointer) throws(TLDecodingError) -> Self {
        var reader = TLReader(bytes)
        let value = Self(from: &reader)
        try reader.finish()
        return value
    }

    /// The canonical bytes of this value: its number, then its fields. Equal values give equal bytes, so this also
    /// serves to compare two values.
    /// - Throws: ``TLEncodingError`` when fields that go together are only half present, or a field is too long.
    public func encoded() throws(TLEncodingError) -> [UInt8] {
        var writer = TLWriter(capacity: TLWriter.usualCapacity)
        encode(into: &writer)
        return try writer.finish()
    }
}
