extension Int32: TLCodable {
    /// Reads an `int`.
    public init(from reader: inout TLReader) { self = reader.int() }
    /// Writes an `int`.
    public func encode(into writer: inout TLWriter) { writer.int(self) }
}

extension Int64: TLCodable {
    /// Reads a `long`.
    public init(from reader: inout TLReader) { self = reader.long() }
    /// Writes a `long`.
    public func encode(into writer: inout TLWriter) { writer.long(self) }
}

extension Double: TLCodable {
    /// Reads a `double`.
    public init(from reader: inout TLReader) { self = reader.double() }
    /// Writes a `double`.
    public func encode(into writer: inout TLWriter) { writer.double(self) }
}

extension Bool: TLCodable {
    /// Reads a boxed `Bool`.
    public init(from reader: inout TLReader) { self = reader.bool() }
    /// Writes a boxed `Bool`.
    public func encode(into writer: inout TLWriter) { writer.bool(self) }
}

extension String: TLCodable {
    /// Reads a `string`.
    public init(from reader: inout TLReader) { self = reader.string() }
    /// Writes a `string`.
    public func encode(into writer: inout TLWriter) { writer.string(self) }
}

extension TLInt128: TLCodable {
    /// Reads an `int128`.
    public init(from reader: inout TLReader) { self = reader.int128() }
    /// Writes an `int128`.
    public func encode(into writer: inout TLWriter) { writer.int128(self) }
}

extension TLInt256: TLCodable {
    /// Reads an `int256`.
    public init(from reader: inout TLReader) { self = reader.int256() }
    /// Writes an `int256`.
    public func encode(into writer: inout TLWriter) { writer.int256(self) }
}

extension Array: TLCodable where Element: TLCodable {
    /// Reads a `Vector`.
    public init(from reader: inout TLReader) { self = reader.vector(of: Element.self) }
    /// Writes a `Vector`.
    public func encode(into writer: inout TLWriter) { writer.vector(self) }
}

/// `bytes` as the answer of a function. In fields they are plain `[UInt8]`; an answer needs a type of its own, because
/// an array of anything else is a `Vector`.
public struct TLBytes: TLCodable, Hashable {
    /// The bytes.
    public var bytes: [UInt8]

    /// Wraps bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }
    /// Reads `bytes`.
    public init(from reader: inout TLReader) { bytes = reader.bytes() }
    /// Writes `bytes`.
    public func encode(into writer: inout TLWriter) { writer.bytes(bytes) }
}
