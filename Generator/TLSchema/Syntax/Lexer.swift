/// Cuts a schema's text into tokens, one at a time. Expects what ``SourceInspection`` has accepted.
///
/// A value: ``lookahead()`` gives one that moves on its own.
struct Lexer: Sendable {
    private let bytes: [UInt8]
    private var offset: Int
    private var line: Int
    private var lineStart: Int
    private var isFirstOnLine: Bool
    /// Line comments that may be meant for programs, without their slashes.
    private(set) var directives: [Token] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        offset = Self.start(of: bytes)
        line = 1
        lineStart = offset
        isFirstOnLine = true
    }

    /// A lexer that starts again at a token of the same text.
    init(_ bytes: [UInt8], at token: Token) {
        self.bytes = bytes
        offset = token.range.lowerBound
        line = token.line
        lineStart = token.lineStart
        isFirstOnLine = token.isFirstOnLine
    }

    /// A copy without the directives, so that meeting one does not copy all that came before it.
    func lookahead() -> Lexer {
        var copy = self
        copy.directives = []
        return copy
    }

    /// Behind the byte order mark, if there is one: editors do not show it, so columns do not count it.
    static func start(of bytes: [UInt8]) -> Int {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next token; `.end` again and again once the text is over.
    mutating func next() -> Token {
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case 0x0A: startLine(after: 1)
            case 0x0D: startLine(after: peek(1) == 0x0A ? 2 : 1)
            case 0x20, 0x09: offset += 1
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): skipLineComment()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
                if let unclosed = skipBlockComment() { return unclosed }
            case UInt8(ascii: "-") where peek(1) == byte && peek(2) == byte: return section()
            default: return wordOrCharacter(byte)
            }
        }
        return token(.end, length: 0)
    }

    private func peek(_ distance: Int) -> UInt8? {
        offset + distance < bytes.count ? bytes[offset + distance] : nil
    }

    private mutating func startLine(after length: Int) {
        offset += length
        line += 1
        lineStart = offset
        isFirstOnLine = true
    }

    private mutating func token(_ kind: Token.Kind, length: Int) -> Token {
        let token = Token(
            kind: kind,
            range: offset..<offset + length,
            line: line,
            lineStart: lineStart,
            isFirstOnLine: isFirstOnLine
        )
        offset += length
        isFirstOnLine = false
        return token
    }

    private mutating func wordOrCharacter(_ byte: UInt8) -> Token {
        if isWordByte(byte) {
            var end = offset + 1
            while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
            return token(.word, length: end - offset)
        }
        switch Unicode.Scalar(byte) {
        case "#", ":", ";", ".", "?", "=", "<", ">", "{", "}", "(", ")", "[", "]", "!", "%", "*", "-":
            return token(.punctuation(byte), length: 1)
        default:
            var length = 1
            while let following = peek(length), following & 0xC0 == 0x80 { length += 1 }
            return token(.stray, length: length)
        }
    }

    private mutating func section() -> Token {
        let start = offset
        var end = start + 3
        while end < bytes.count, bytes[end] == 0x20 || isWordByte(bytes[end]) { end += 1 }
        let dashes = UInt8(ascii: "-")
        guard end + 2 < bytes.count, bytes[end] == dashes, bytes[end + 1] == dashes, bytes[end + 2] == dashes else {
            return token(.punctuation(dashes), length: 3)
        }
        return token(.section, length: end + 3 - start)
    }

    private mutating func skipLineComment() {
        let start = offset
        while offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D { offset += 1 }
        if DirectiveReader.mayBeDirective(bytes[start + 2..<offset]) {
            directives.append(
                Token(kind: .word, range: start + 2..<offset, line: line, lineStart: lineStart, isFirstOnLine: false)
            )
        }
    }

    /// Nil, or the comment's first two characters if it does not end.
    private mutating func skipBlockComment() -> Token? {
        let opening = Token(
            kind: .openComment,
            range: offset..<offset + 2,
            line: line,
            lineStart: lineStart,
            isFirstOnLine: false
        )
        offset += 2
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "*") where peek(1) == UInt8(ascii: "/"):
                offset += 2
                return nil
            case 0x0A: startLine(after: 1)
            case 0x0D: startLine(after: peek(1) == 0x0A ? 2 : 1)
            default: offset += 1
            }
        }
        return opening
    }
}

/// Whether a byte may stand in a word: an ASCII letter, a digit or an underscore.
@inline(__always)
func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
    default: false
    }
}
