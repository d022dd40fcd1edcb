/// A place in the bytes of a table that knows its line and column.
struct ByteCursor {
    let bytes: [UInt8]
    private let path: String
    private(set) var offset = 0
    private var line = 1
    private var lineStart = 0

    /// Starts behind the byte order mark, if there is one.
    init(_ source: SchemaSource) {
        path = source.path
        bytes = source.bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            offset = 3
            lineStart = 3
        }
    }

    /// The byte here; `nil` at the end.
    var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// Whether all bytes have been passed.
    var isAtEnd: Bool { offset >= bytes.count }

    /// The place of the current byte.
    var location: SourceLocation { SourceLocation(path: path, line: line, column: offset - lineStart + 1) }

    /// What error messages call the current byte.
    var currentText: String {
        guard let byte = current else { return "the end of the file" }
        return (0x21...0x7E).contains(byte) ? "'\(Unicode.Scalar(byte))'" : hexByte(byte)
    }

    /// Goes one byte on; stays at the end.
    mutating func advance() {
        guard offset < bytes.count else { return }
        let wasNewline = bytes[offset] == 0x0A
        offset += 1
        if wasNewline {
            line += 1
            lineStart = offset
        }
    }

    /// Passes `byte` if it stands here.
    mutating func skip(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        advance()
        return true
    }
}

extension SchemaSource {
    /// Whether the size is one that a table can have; reports it if not.
    func isAcceptableTable(findings: inout Findings) -> Bool {
        guard bytes.count > Self.maximumSize else { return true }
        findings.error(
            "this file has \(bytes.count) bytes, expected at most \(Self.maximumSize)",
            at: SourceLocation(path: path, line: 1, column: 1)
        )
        return false
    }
}

/// `0x0a`.
func hexByte(_ byte: UInt8) -> String {
    (byte < 16 ? "0x0" : "0x") + String(byte, radix: 16)
}
