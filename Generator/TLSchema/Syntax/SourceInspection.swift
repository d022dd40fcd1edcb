/// Looks at a whole file before it is read: its size, its encoding, and bytes that no text has.
///
/// What passes is UTF-8 without control characters, so that the lexer need not think about either.
enum SourceInspection {
    /// Whether the file is worth parsing. At most one error: where one byte is wrong, the others seldom help.
    static func accepts(_ source: SchemaSource, findings: inout Findings) -> Bool {
        let start = SourceLocation(path: source.path, line: 1, column: 1)
        guard source.bytes.count <= SchemaSource.maximumSize else {
            let limit = SchemaSource.maximumSize >> 20
            findings.error(
                "the file has \(source.bytes.count) bytes, but a schema has at most \(limit) MB; is it the right file?",
                at: start
            )
            return false
        }
        guard let fault = firstFault(in: source.bytes) else { return true }
        findings.error(fault.message, at: location(of: fault.offset, in: source))
        return false
    }

    private static func firstFault(in bytes: [UInt8]) -> (offset: Int, message: String)? {
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte >= 0x80 {
                let length = sequenceLength(at: offset, in: bytes)
                if length == 0 {
                    return (offset, "byte 0x\(hex(byte)) is not valid UTF-8; save the file as UTF-8")
                }
                offset += length
            } else if byte >= 0x20 && byte != 0x7F || byte == 0x09 || byte == 0x0A || byte == 0x0D {
                offset += 1
            } else {
                return (offset, "byte 0x\(hex(byte)) does not occur in text; is it a schema, or a binary file?")
            }
        }
        return nil
    }

    /// Length of the well-formed UTF-8 sequence that starts at `offset`, or 0 (Unicode 16, table 3-7).
    private static func sequenceLength(at offset: Int, in bytes: [UInt8]) -> Int {
        let first = bytes[offset]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if first == 0xE0 { second = 0xA0...0xBF }
            if first == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            length = 4
            if first == 0xF0 { second = 0x90...0xBF }
            if first == 0xF4 { second = 0x80...0x8F }
        default: return 0
        }
        guard bytes.count - offset >= length, second.contains(bytes[offset + 1]) else { return 0 }
        for index in offset + 2..<offset + length where bytes[index] & 0xC0 != 0x80 { return 0 }
        return length
    }

    private static func location(of offset: Int, in source: SchemaSource) -> SourceLocation {
        var line = 1
        var lineStart = Lexer.start(of: source.bytes)
        for index in 0..<offset {
            let byte = source.bytes[index]
            let endsLine = byte == 0x0A || byte == 0x0D && source.bytes[index + 1] != 0x0A
            if endsLine {
                line += 1
                lineStart = index + 1
            }
        }
        return SourceLocation(path: source.path, line: line, column: offset - lineStart + 1)
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
