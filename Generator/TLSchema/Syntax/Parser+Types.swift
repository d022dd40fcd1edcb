extension Parser {
    /// `flags.N?`, if the field has a condition.
    ///
    /// A name with a namespace starts in the same way, so it takes a look at what follows.
    mutating func condition() throws(Failure) -> FieldSyntax.Condition? {
        guard current.kind == .word else { return nil }
        let location = location(of: current)
        var ahead = lookahead()
        let dot = ahead.next()
        if dot.isPunctuation("?") {
            throw Failure(
                message: "condition '\(excerpt(source.bytes[current.range]))?' names no bit; expected 'flags.N?'",
                location: location
            )
        }
        guard dot.isPunctuation(".") else { return nil }
        let bitStart = ahead.next()
        let isNegative = bitStart.isPunctuation("-")
        let bitEnd = isNegative ? ahead.next() : bitStart
        guard bitEnd.kind == .word else { return nil }
        let digits = source.bytes[bitStart.range.lowerBound..<bitEnd.range.upperBound]
        let hasMark = ahead.next().isPunctuation("?")
        guard hasMark || isNegative || isDigit(digits.first ?? 0) else { return nil }
        let word = try identifier("the name of a flags word")
        advance()
        if isNegative { advance() }
        advance()
        let bit = bit(digits, at: self.location(of: bitStart))
        try expect("?", "expected '?' and a type behind the flag bit '\(excerpt(digits))'")
        return FieldSyntax.Condition(bit: FlagBit(word: word, bit: bit), location: location)
    }

    /// The number of a bit. A wrong one is reported and taken for 0.
    private mutating func bit(_ digits: ArraySlice<UInt8>, at location: SourceLocation) -> Int {
        let text = String(decoding: digits, as: UTF8.self)
        if digits.count <= 9, let bit = Int(text), (0...31).contains(bit) { return bit }
        mistakes.append(
            Failure(
                message: "flag bit '\(excerpt(digits))' does not exist; expected a number from 0 to 31",
                location: location
            )
        )
        return 0
    }

    /// A type in any of its spellings. `nesting` counts the vectors around it, and so bounds the recursion.
    mutating func type(nesting: Int = 0) throws(Failure) -> TypeSyntax {
        let location = location(of: current)
        switch current.kind {
        case .punctuation(UInt8(ascii: "#")):
            advance()
            return TypeSyntax(.flagsWord, location: location)
        case .punctuation(UInt8(ascii: "!")):
            advance()
            return TypeSyntax(.query(try identifier("the name of a type parameter")), location: location)
        case .punctuation(UInt8(ascii: "(")):
            advance()
            let type = try possiblyBare(nesting: nesting, inParentheses: true)
            try expect(")", "expected ')'")
            return type
        default:
            return try possiblyBare(nesting: nesting, inParentheses: false)
        }
    }

    /// `T` or `%T`; `%(Vector T)` too.
    private mutating func possiblyBare(nesting: Int, inParentheses: Bool) throws(Failure) -> TypeSyntax {
        guard current.isPunctuation("%") else {
            return try named(nesting: nesting, inParentheses: inParentheses)
        }
        let location = location(of: current)
        advance()
        guard !inParentheses, current.isPunctuation("(") else {
            return TypeSyntax(.bare(try named(nesting: nesting, inParentheses: inParentheses)), location: location)
        }
        advance()
        let type = try named(nesting: nesting, inParentheses: true)
        try expect(")", "expected ')'")
        return TypeSyntax(.bare(type), location: location)
    }

    /// `T`, `T<Argument>`, and inside of parentheses `T Argument`.
    private mutating func named(nesting: Int, inParentheses: Bool) throws(Failure) -> TypeSyntax {
        let location = location(of: current)
        guard current.kind == .word else { throw unexpected("expected a type") }
        let name = try qualifiedName()
        let hasBracket = current.isPunctuation("<")
        guard hasBracket || inParentheses && !current.isPunctuation(")") else {
            return TypeSyntax(.name(name), location: location)
        }
        if nesting == TypeSyntax.maximumNesting {
            throw Failure(
                message: "vectors nest more than \(TypeSyntax.maximumNesting) deep; expected a simpler type",
                location: location
            )
        }
        if hasBracket { advance() }
        let argument = try type(nesting: nesting + 1)
        if hasBracket { try expect(">", "expected '>'") }
        return TypeSyntax(.applied(name, argument: argument), location: location)
    }

    /// `name` or `namespace.name`, without blanks inside.
    mutating func qualifiedName() throws(Failure) -> QualifiedName {
        let start = current
        let first = try identifier("a name")
        guard current.isPunctuation("."), current.touches(previous) else {
            return QualifiedName(namespace: nil, name: first)
        }
        advance()
        guard current.touches(previous) else { throw unexpected("expected a name directly behind '\(first).'") }
        let second = try identifier("a name behind '\(first).'")
        if current.isPunctuation("."), current.touches(previous) {
            let rest = source.bytes[start.range.lowerBound...].prefix { isWordByte($0) || $0 == UInt8(ascii: ".") }
            throw Failure(
                message: "name '\(excerpt(rest))' has more than one dot; expected 'name' or 'namespace.name'",
                location: location(of: start)
            )
        }
        return QualifiedName(namespace: first, name: second)
    }

    /// A word that is not too long and does not start with a digit.
    mutating func identifier(_ role: @autoclosure () -> String) throws(Failure) -> String {
        guard current.kind == .word else { throw unexpected("expected \(role())") }
        let word = source.bytes[current.range]
        if word.count > Self.maximumNameLength {
            throw Failure(
                message: "name '\(excerpt(word))' has \(word.count) bytes; "
                    + "expected at most \(Self.maximumNameLength)",
                location: location(of: current)
            )
        }
        if isDigit(word.first ?? 0) {
            throw Failure(
                message: "'\(excerpt(word))' starts with a digit; expected \(role())",
                location: location(of: current)
            )
        }
        let name = text(of: current.range)
        advance()
        return name
    }
}
