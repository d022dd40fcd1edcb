/// What a field or a function's result holds, after names have been looked up.
public indirect enum TypeReference: Sendable, Hashable {
    /// 32-bit signed integer.
    case int
    /// 64-bit signed integer.
    case long
    /// IEEE 754 binary64.
    case double
    /// 16 bytes.
    case int128
    /// 32 bytes.
    case int256
    /// UTF-8 text with a length prefix, padded to four bytes.
    case string
    /// Bytes with a length prefix, padded to four bytes.
    case bytes
    /// `Bool`: one of the two built-in constructors.
    case bool
    /// `Type`: any constructor of that type, its number first.
    case boxed(QualifiedName)
    /// A constructor without its number, by the constructor's name (`%Type` resolves to its only constructor).
    case bare(QualifiedName)
    /// `Vector<T>` with its number (`isBoxed`) or `vector<T>` without.
    case vector(TypeReference, isBoxed: Bool)
    /// `!X`: a whole function; as a result, `X`: whatever that function returns. The name is the type parameter's.
    case generic(String)
}
