/// A place in one of the input files, counted as editors count: lines and columns start at 1, columns are bytes.
public struct SourceLocation: Sendable, Hashable, CustomStringConvertible {
    /// The path as the caller wrote it, so that editors and `swift build` can open it.
    public let path: String
    /// Line, from 1.
    public let line: Int
    /// Column in UTF-8 bytes, from 1.
    public let column: Int

    /// Creates a location from its three parts.
    public init(path: String, line: Int, column: Int) {
        self.path = path
        self.line = line
        self.column = column
    }

    /// `path:line:column`.
    public var description: String { "\(path):\(line):\(column)" }
}
