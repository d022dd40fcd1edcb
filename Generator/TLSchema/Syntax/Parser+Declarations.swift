extension Parser {
    /// `name#number {X:Type} field:type = Result;`
    mutating func declaration(of kind: Combinator.Kind) throws(Failure) -> DeclarationSyntax {
        let location = location(of: current)
        let name = try declaredName(of: kind)
        let (number, numberLocation) = try number(of: name)
        if kind == .constructor, BuiltIn.hasSpecialForm(name) {
            return try builtIn(name, at: location, number: number, numberLocation: numberLocation)
        }
        let typeParameters = try typeParameters()
        let fields = try fields(of: name)
        try expect("=", "expected a field or '=' and the result type of '\(name)'")
        let result = try type()
        try expectEnd(of: name)
        return DeclarationSyntax(
            kind: kind,
            name: name,
            location: location,
            number: number,
            numberLocation: numberLocation,
            typeParameters: typeParameters,
            fields: fields,
            result: result
        )
    }

    private mutating func declaredName(of kind: Combinator.Kind) throws(Failure) -> QualifiedName {
        let start = current
        guard start.kind == .word else { throw unexpected("expected the name of a declaration") }
        let name = try qualifiedName()
        let startsLower = isLowercase(name.name.utf8.first ?? 0) && isLowercase(name.namespace?.utf8.first ?? 0x61)
        guard startsLower else {
            throw Failure(
                message: "'\(name)' cannot be the name of a \(kind.noun); "
                    + "expected a name that starts with a lower-case letter",
                location: location(of: start)
            )
        }
        return name
    }

    /// One to eight hex digits behind `#`, if there is a `#` that touches the name. Wrong digits are reported, and the
    /// declaration is read as if it had no number.
    private mutating func number(of name: QualifiedName) throws(Failure) -> (UInt32?, SourceLocation?) {
        guard current.isPunctuation("#"), current.touches(previous) else { return (nil, nil) }
        advance()
        guard current.kind == .word, current.touches(previous) else {
            let message = "number of '\(name)' is missing behind '#'; expected one to eight hex digits"
            mistakes.append(Failure(message: message, location: endOfPrevious))
            return (nil, nil)
        }
        let location = location(of: current)
        let digits = source.bytes[current.range]
        advance()
        if digits.count <= 8, let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) {
            return (number, location)
        }
        mistakes.append(
            Failure(
                message: "number '\(excerpt(digits))' of '\(name)' is not one; expected one to eight hex digits",
                location: location
            )
        )
        return (nil, nil)
    }

    private mutating func typeParameters() throws(Failure) -> [TypeParameterSyntax] {
        var parameters: [TypeParameterSyntax] = []
        while current.isPunctuation("{") {
            if parameters.count == Self.maximumTypeParameterCount {
                throw tooMany("type parameters", limit: Self.maximumTypeParameterCount)
            }
            advance()
            let location = location(of: current)
            let name = try identifier("the name of a type parameter")
            try expect(":", "expected ':Type' behind the type parameter '\(name)'")
            guard current.kind == .word, text(of: current.range) == "Type" else {
                throw unexpected("type parameter '\(name)' can only be of kind 'Type'")
            }
            advance()
            try expect("}", "expected '}' behind the type parameter '\(name)'")
            parameters.append(TypeParameterSyntax(name: name, location: location))
        }
        return parameters
    }

    private mutating func fields(of name: QualifiedName) throws(Failure) -> [FieldSyntax] {
        var fields: [FieldSyntax] = []
        while current.kind == .word {
            if startsDeclaration() { throw endMissing(of: name) }
            if fields.count == Self.maximumFieldCount { throw tooMany("fields", limit: Self.maximumFieldCount) }
            fields.append(try field())
        }
        return fields
    }

    private func tooMany(_ what: String, limit: Int) -> Failure {
        let message = "declaration has more than \(limit) \(what); is a ';' missing?"
        return Failure(message: message, location: location(of: current))
    }

    private mutating func field() throws(Failure) -> FieldSyntax {
        let location = location(of: current)
        let name = try identifier("a field name")
        try expect(":", "expected ':' and a type behind the field name '\(name)'")
        let condition = try condition()
        return FieldSyntax(name: name, location: location, condition: condition, type: try type())
    }

    private mutating func expectEnd(of name: QualifiedName) throws(Failure) {
        if current.isPunctuation(";") {
            advance()
        } else if current.kind == .end || current.kind == .section || startsDeclaration() {
            throw endMissing(of: name)
        } else {
            throw unexpected("expected ';' at the end of '\(name)'")
        }
    }

    private func endMissing(of name: QualifiedName) -> Failure {
        Failure(message: "declaration of '\(name)' does not end; expected ';'", location: endOfPrevious)
    }

    /// `? = Int;` and the other forms that only declarations of built-in types have.
    private mutating func builtIn(
        _ name: QualifiedName,
        at location: SourceLocation,
        number: UInt32?,
        numberLocation: SourceLocation?
    ) throws(Failure) -> DeclarationSyntax {
        var written = ""
        var resultLocation = self.location(of: current)
        // The longest form has twelve tokens, the longest token five bytes.
        var count = 0
        while !current.isPunctuation(";"), current.kind != .end, count < 16, current.range.count < 16 {
            if previous.isPunctuation("=") { resultLocation = self.location(of: current) }
            written += text(of: current.range)
            count += 1
            advance()
        }
        guard let (body, form) = BuiltIn.form(of: name, writtenAs: written) else {
            throw Failure(
                message: "'\(name)' is built in and cannot be declared in this way; "
                    + "choose another name, or write '\(BuiltIn.usualLine(of: name))'",
                location: location
            )
        }
        try expectEnd(of: name)
        return DeclarationSyntax(
            kind: .constructor,
            name: name,
            location: location,
            number: number,
            numberLocation: numberLocation,
            builtInBody: body,
            result: form.result(at: resultLocation)
        )
    }
}

extension Combinator.Kind {
    /// The word for messages.
    var noun: String {
        switch self {
        case .constructor: "constructor"
        case .function: "function"
        }
    }
}
