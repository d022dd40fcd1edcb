/// Reads JSON strictly as RFC 8259 has it, with the line and column of every value and key.
///
/// Foundation's decoder knows neither places nor repeated keys, and tables that people edit need both.
struct JSONReader {
    /// Deeper nesting is refused, which bounds the recursion; the tables need four.
    static let maximumDepth = 32

    /// Reading stops at the first mistake: behind it nothing can be told for sure.
    private struct Mistake: Error {
        let message: String
        let location: SourceLocation
    }

    private var cursor: ByteCursor
    private var repeatedKeys: [(key: String, location: SourceLocation, first: SourceLocation)] = []

    private init(_ source: SchemaSource) {
        cursor = ByteCursor(source)
    }

    /// The document, or `nil` if it is not JSON. Repeated keys are findings too; their first value stays.
    static func read(_ source: SchemaSource, findings: inout Findings) -> JSONValue? {
        guard source.isAcceptableTable(findings: &findings) else { return nil }
        var reader = JSONReader(source)
        var document: JSONValue?
        do {
            document = try reader.document()
        } catch {
            findings.error(error.message, at: error.location)
        }
        for repeated in reader.repeatedKeys {
            findings.error(
                "\(quoted(repeated.key)) stands here a second time in the same object, expected each key once",
                at: repeated.location,
                notes: [.note("the first one is here", at: repeated.first)]
            )
        }
        return document
    }

    private mutating func document() throws(Mistake) -> JSONValue {
        skipSpace()
        let value = try value(depth: 0)
        skipSpace()
        guard cursor.isAtEnd else { throw unexpected("the end of the file") }
        return value
    }

    private mutating func value(depth: Int) throws(Mistake) -> JSONValue {
        let location = cursor.location
        guard depth < Self.maximumDepth else {
            throw Mistake(message: "nesting is deeper than \(Self.maximumDepth) levels", location: location)
        }
        let content: JSONValue.Content
        switch cursor.current {
        case UInt8(ascii: "{"): content = .object(try members(depth: depth))
        case UInt8(ascii: "["): content = .array(try elements(depth: depth))
        case UInt8(ascii: "\""): content = .string(try string())
        case UInt8(ascii: "t"): content = try word("true", .bool(true))
        case UInt8(ascii: "f"): content = try word("false", .bool(false))
        case UInt8(ascii: "n"): content = try word("null", .null)
        case UInt8(ascii: "-"), (UInt8(ascii: "0")...UInt8(ascii: "9"))?: content = .number(try number())
        default: throw unexpected("a value")
        }
        return JSONValue(content: content, location: location)
    }

    private mutating func members(depth: Int) throws(Mistake) -> [JSONMember] {
        cursor.advance()
        skipSpace()
        var members: [JSONMember] = []
        var places: [String: Int] = [:]
        if cursor.skip(UInt8(ascii: "}")) { return members }
        while true {
            let keyLocation = cursor.location
            guard cursor.current == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
            let key = try string()
            skipSpace()
            guard cursor.skip(UInt8(ascii: ":")) else { throw unexpected("':' behind the key \(quoted(key))") }
            skipSpace()
            let value = try value(depth: depth + 1)
            if let first = places[key] {
                // More than this nobody is shown.
                if repeatedKeys.count <= Findings.limit {
                    repeatedKeys.append((key, keyLocation, members[first].keyLocation))
                }
            } else {
                places[key] = members.count
                members.append(JSONMember(key: key, keyLocation: keyLocation, value: value))
            }
            skipSpace()
            if cursor.skip(UInt8(ascii: "}")) { return members }
            guard cursor.skip(UInt8(ascii: ",")) else { throw unexpected("',' or '}'") }
            skipSpace()
        }
    }

    private mutating func elements(depth: Int) throws(Mistake) -> [JSONValue] {
        cursor.advance()
        skipSpace()
        var elements: [JSONValue] = []
        if cursor.skip(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if cursor.skip(UInt8(ascii: "]")) { return elements }
            guard cursor.skip(UInt8(ascii: ",")) else { throw unexpected("',' or ']'") }
            skipSpace()
        }
    }

    private mutating func string() throws(Mistake) -> String {
        let start = cursor.location
        cursor.advance()
        var bytes: [UInt8] = []
        while let byte = cursor.current {
            switch byte {
            case UInt8(ascii: "\""):
                cursor.advance()
                guard let text = validText(bytes[...]) else {
                    throw Mistake(message: "this string is not valid UTF-8", location: start)
                }
                return text
            case UInt8(ascii: "\\"):
                try escape(into: &bytes)
            case 0x20...:
                bytes.append(byte)
                cursor.advance()
            default:
                throw Mistake(
                    message: "a string contains the control character \(hexByte(byte)), expected it as an escape",
                    location: cursor.location
                )
            }
        }
        throw Mistake(message: "this string has no end, expected '\"'", location: start)
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(Mistake) {
        let start = cursor.location
        cursor.advance()
        let letter = cursor.current
        cursor.advance()
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(letter ?? 0)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            guard let scalar = escapedScalar() else {
                throw Mistake(message: "'\\u' is not followed by the four hex digits of a character", location: start)
            }
            bytes.append(contentsOf: String(scalar).utf8)
        default:
            throw Mistake(
                message: "this escape is unknown, expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u",
                location: start
            )
        }
    }

    /// What follows `\u`: one unit of UTF-16, or two with another `\u` between them.
    private mutating func escapedScalar() -> Unicode.Scalar? {
        guard let high = hexUnit() else { return nil }
        guard (0xD800...0xDBFF).contains(high) else { return Unicode.Scalar(high) }
        guard cursor.skip(UInt8(ascii: "\\")), cursor.skip(UInt8(ascii: "u")), let low = hexUnit(),
            (0xDC00...0xDFFF).contains(low)
        else { return nil }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }

    private mutating func hexUnit() -> UInt32? {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = cursor.current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                return nil
            }
            unit = unit << 4 | UInt32(digit)
            cursor.advance()
        }
        return unit
    }

    private mutating func number() throws(Mistake) -> String {
        let start = cursor.location
        var text = cursor.skip(UInt8(ascii: "-")) ? "-" : ""
        let whole = digits()
        var isValid = !whole.isEmpty && (whole == "0" || whole.first != "0")
        text += whole
        if cursor.skip(UInt8(ascii: ".")) {
            let fraction = digits()
            isValid = isValid && !fraction.isEmpty
            text += "." + fraction
        }
        if cursor.current == UInt8(ascii: "e") || cursor.current == UInt8(ascii: "E") {
            cursor.advance()
            if !cursor.skip(UInt8(ascii: "-")) { _ = cursor.skip(UInt8(ascii: "+")) }
            let exponent = digits()
            isValid = isValid && !exponent.isEmpty
            text += "e" + exponent
        }
        guard isValid else { throw Mistake(message: "'\(text.prefix(32))' is not a number of JSON", location: start) }
        return text
    }

    private mutating func digits() -> String {
        let start = cursor.offset
        while let byte = cursor.current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { cursor.advance() }
        return String(decoding: cursor.bytes[start..<cursor.offset], as: UTF8.self)
    }

    private mutating func word(_ word: String, _ content: JSONValue.Content) throws(Mistake) -> JSONValue.Content {
        let start = cursor.location
        for byte in word.utf8 {
            guard cursor.skip(byte) else { throw Mistake(message: "expected '\(word)'", location: start) }
        }
        return content
    }

    private mutating func skipSpace() {
        while let byte = cursor.current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            cursor.advance()
        }
    }

    private func unexpected(_ wanted: String) -> Mistake {
        Mistake(message: "found \(cursor.currentText), expected \(wanted)", location: cursor.location)
    }
}
