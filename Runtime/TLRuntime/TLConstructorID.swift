/// Numbers of the constructors that every schema shares and no schema has to declare.
public enum TLConstructorID {
    /// `vector#1cb5c415`
    public static let vector: UInt32 = 0x1cb5_c415
    /// `boolTrue#997275b5`
    public static let boolTrue: UInt32 = 0x9972_75b5
    /// `boolFalse#bc799737`
    public static let boolFalse: UInt32 = 0xbc79_9737

    /// The number that a boxed value starts with.
    /// - Throws: ``TLDecodingError`` when there are fewer than four bytes.
    public static func first(in bytes: [UInt8]) throws(TLDecodingError) -> UInt32 {
        guard bytes.count >= 4 else { throw .unexpectedEnd(needed: 4, left: bytes.count, offset: 0) }
        return bytes.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
