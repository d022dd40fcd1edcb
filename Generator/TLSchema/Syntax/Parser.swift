/// Reads declarations from tokens. What single declarations look like is in `Parser+Declarations.swift` and
/// `Parser+Types.swift`; here is the file as a whole, and how reading goes on behind a mistake.
struct Parser {
    /// Longer names are taken for garbage.
    static let maximumNameLength = 256
    /// More fields than any declaration has; Telegram's longest has fewer than a hundred.
    static let maximumFieldCount = 1024
    /// Telegram's functions have one at most.
    static let maximumTypeParameterCount = 8

    /// A mistake that makes the rest of a declaration unreadable.
    struct Failure: Error {
        let message: String
        let location: SourceLocation
    }

    let source: SchemaSource
    private var lexer: Lexer
    private(set) var current: Token
    private(set) var previous: Token
    /// Mistakes that do not stop the declaration from being read.
    var mistakes: [Failure] = []

    init(_ source: SchemaSource) {
        self.source = source
        lexer = Lexer(source.bytes)
        current = lexer.next()
        previous = current
    }

    /// The whole file, as far as it can be read.
    mutating func parse(findings: inout Findings) -> SchemaSyntax {
        var syntax = SchemaSyntax(path: source.path)
        var kind = Combinator.Kind.constructor
        while current.kind != .end, !findings.isFull {
            if current.kind == .section {
                if let section = section(findings: &findings) { kind = section }
                continue
            }
            let first = current
            do {
                let declaration = try declaration(of: kind)
                syntax.declarations.append(declaration)
            } catch {
                mistakes.append(error)
                skipDeclaration(from: first, unreadable: &syntax.unreadableNames)
            }
            for mistake in mistakes { findings.error(mistake.message, at: mistake.location) }
            mistakes.removeAll(keepingCapacity: true)
        }
        DirectiveReader(source: source).read(lexer.directives, into: &syntax, findings: &findings)
        return syntax
    }

    private mutating func section(findings: inout Findings) -> Combinator.Kind? {
        let token = current
        advance()
        let name = text(of: token.range.lowerBound + 3..<token.range.upperBound - 3).filter { $0 != " " }
        switch name {
        case "functions": return .function
        case "types": return .constructor
        default:
            findings.error(
                "section '\(excerpt(source.bytes[token.range]))' is unknown; "
                    + "expected '---functions---' or '---types---'",
                at: location(of: token)
            )
            return nil
        }
    }

    // MARK: - Behind a mistake

    /// Goes on to behind the next `;`, or to the next line that looks like the start of a declaration or section, and
    /// notes the names that the declaration would have given: its own, and that of its result.
    ///
    /// - Parameter first: the first token of the declaration, which is skipped in any case.
    private mutating func skipDeclaration(from first: Token, unreadable names: inout Set<QualifiedName>) {
        if current.range == first.range { advance() }
        while current.kind != .end, current.kind != .section, !startsDeclaration() {
            advance()
            if previous.isPunctuation(";") { break }
        }
        if let name = plainName(in: first.range) { names.insert(name) }
        var skipped = Lexer(source.bytes, at: first)
        var token = skipped.next()
        while token.kind != .end, token.range.lowerBound < current.range.lowerBound {
            let isResult = token.isPunctuation("=")
            token = skipped.next()
            if isResult, let name = plainName(in: token.range) { names.insert(name) }
        }
    }

    /// The name that starts with this word, with its namespace.
    private func plainName(in range: Range<Int>) -> QualifiedName? {
        let bytes = source.bytes
        guard range.count <= Self.maximumNameLength, let first = bytes[range].first, isWordByte(first) else {
            return nil
        }
        let limit = min(bytes.count, range.upperBound + Self.maximumNameLength)
        var end = range.upperBound
        if end < limit, bytes[end] == UInt8(ascii: ".") {
            end += 1
            while end < limit, isWordByte(bytes[end]) { end += 1 }
        }
        return QualifiedName(text(of: range.lowerBound..<end))
    }

    /// Whether the current token starts a line and, by what follows its name, a declaration: fields are followed by
    /// a colon, types of a result by a semicolon.
    func startsDeclaration() -> Bool {
        guard current.kind == .word, current.isFirstOnLine, isLowercase(source.bytes[current.range.lowerBound]) else {
            return false
        }
        var ahead = lexer.lookahead()
        var following = ahead.next()
        if following.isPunctuation(".") {
            guard ahead.next().kind == .word else { return false }
            following = ahead.next()
        }
        switch following.kind {
        case .word: return true
        case .punctuation(let character):
            return [UInt8(ascii: "#"), UInt8(ascii: "="), UInt8(ascii: "{")].contains(character)
        default: return false
        }
    }

    // MARK: - Tokens

    /// The tokens behind the current one, without moving on.
    func lookahead() -> Lexer { lexer.lookahead() }

    mutating func advance() {
        previous = current
        current = lexer.next()
    }

    /// Steps over a punctuation character, or fails with what was expected.
    mutating func expect(_ character: Unicode.Scalar, _ expectation: @autoclosure () -> String) throws(Failure) {
        guard current.isPunctuation(character) else { throw unexpected(expectation()) }
        advance()
    }

    /// A failure at the current token: what it is, and what was expected instead.
    func unexpected(_ expectation: String) -> Failure {
        switch current.kind {
        case .end:
            Failure(message: "the file ends inside of a declaration; \(expectation)", location: endOfPrevious)
        case .openComment:
            Failure(message: "comment '/*' is never closed; expected '*/'", location: location(of: current))
        default:
            Failure(
                message: "found '\(excerpt(source.bytes[current.range]))'; \(expectation)",
                location: location(of: current)
            )
        }
    }

    func text(of range: Range<Int>) -> String {
        String(decoding: source.bytes[range], as: UTF8.self)
    }

    func location(of token: Token) -> SourceLocation {
        SourceLocation(path: source.path, line: token.line, column: token.column)
    }

    /// Just behind the previous token: where something is missing.
    var endOfPrevious: SourceLocation {
        let column = previous.column + previous.range.count
        return SourceLocation(path: source.path, line: previous.line, column: column)
    }
}

/// Whether a byte is a lower-case ASCII letter.
func isLowercase(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
}

/// Whether a byte is an upper-case ASCII letter.
func isUppercase(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
}

/// Whether a byte is an ASCII digit.
func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
