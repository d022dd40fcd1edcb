/// One schema file: its bytes, and the path that diagnostics show.
///
/// Reading the file is the caller's business, so that loading a schema is a pure function of its input.
public struct SchemaSource: Sendable, Hashable {
    /// The path as the user wrote it.
    public let path: String
    /// The content. UTF-8 is expected, with or without a byte order mark, with any kind of line end.
    public let bytes: [UInt8]

    /// Files of more bytes are refused without looking at their content: a schema is a few hundred kilobytes.
    public static let maximumSize = 16 << 20

    /// Creates a source from bytes, which need not be valid: what is wrong with them is found when they are parsed.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Creates a source from text in memory, for tests and examples.
    public init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }
}
