/// Reads the comments that are meant for programs: `LAYER n` and the list of known numbers.
struct DirectiveReader {
    let source: SchemaSource

    private static let layerWord = Array("LAYER".utf8)
    private static let listOpening = Array("Their number is not the CRC32 of the line:".utf8)

    /// Whether the text of a line comment, without its slashes, starts like one of them.
    static func mayBeDirective(_ comment: ArraySlice<UInt8>) -> Bool {
        let text = comment.drop { $0 == 0x20 || $0 == 0x09 }
        guard text.first == layerWord[0] || text.first == listOpening[0] else { return false }
        return startsWithLayer(text) || text.starts(with: listOpening)
    }

    private static func startsWithLayer(_ text: ArraySlice<UInt8>) -> Bool {
        text.starts(with: layerWord) && !(text.dropFirst(layerWord.count).first.map(isWordByte) ?? false)
    }

    /// Puts what the comments say into `syntax`.
    func read(_ comments: [Token], into syntax: inout SchemaSyntax, findings: inout Findings) {
        for comment in comments {
            let text = trimmed(source.bytes[comment.range])
            if Self.startsWithLayer(text) {
                let number = trimmed(text.dropFirst(Self.layerWord.count))
                readLayer(number, in: comment, into: &syntax, findings: &findings)
            } else {
                let list = text.dropFirst(Self.listOpening.count)
                readList(list, in: comment, into: &syntax, findings: &findings)
            }
        }
    }

    private func readLayer(
        _ digits: ArraySlice<UInt8>,
        in comment: Token,
        into syntax: inout SchemaSyntax,
        findings: inout Findings
    ) {
        let location = location(digits.startIndex, in: comment)
        let isNumber = !digits.isEmpty && digits.count < 10 && digits.allSatisfy(isDigit)
        guard isNumber, let number = Int(String(decoding: digits, as: UTF8.self)) else {
            findings.error("'LAYER \(excerpt(digits))' gives no layer; expected a whole number", at: location)
            return
        }
        if let earlier = syntax.layer, earlier.number != number {
            findings.error(
                "layer \(number) contradicts layer \(earlier.number); a schema has one layer",
                at: location,
                notes: [.note("layer \(earlier.number) is declared here", at: earlier.location)]
            )
        } else if syntax.layer == nil {
            syntax.layer = LayerDirective(number: number, location: location)
        }
    }

    private func readList(
        _ list: ArraySlice<UInt8>,
        in comment: Token,
        into syntax: inout SchemaSyntax,
        findings: inout Findings
    ) {
        var rest = trimmed(list)
        if rest.last == UInt8(ascii: ".") { rest = rest.dropLast() }
        while true {
            let entry = nextEntry(&rest)
            let nameEnd = entry.firstIndex { !isWordByte($0) && $0 != UInt8(ascii: ".") } ?? entry.endIndex
            let name = entry[..<nameEnd]
            var reason = trimmed(entry[nameEnd...])
            let isClosed = reason.first == UInt8(ascii: "(") && reason.last == UInt8(ascii: ")") && reason.count > 2
            if isClosed { reason = trimmed(reason.dropFirst().dropLast()) }
            if !name.isEmpty, name.count <= Parser.maximumNameLength, reason.isEmpty || isClosed {
                syntax.knownNumbers.append(
                    KnownNumber(
                        name: QualifiedName(String(decoding: name, as: UTF8.self)),
                        reason: reason.isEmpty ? nil : String(decoding: reason, as: UTF8.self),
                        location: location(name.startIndex, in: comment)
                    )
                )
            } else {
                findings.error(
                    "'\(excerpt(entry))' in the list of known numbers cannot be read; "
                        + "expected a name, or a name and a reason in parentheses",
                    at: location(entry.startIndex, in: comment)
                )
            }
            if rest.isEmpty { return }
            rest = rest.dropFirst()
        }
    }

    /// Up to the next comma that is not inside of parentheses, which stays in `rest`.
    private func nextEntry(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var depth = 0
        let comma = rest.firstIndex { byte in
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            return depth <= 0 && byte == UInt8(ascii: ",")
        }
        let end = comma ?? rest.endIndex
        let entry = trimmed(rest[..<end])
        rest = rest[end...]
        return entry
    }

    private func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        let head = text.drop(while: isBlank)
        guard let last = head.lastIndex(where: { !isBlank($0) }) else { return head }
        return head[...last]
    }

    private func location(_ offset: Int, in comment: Token) -> SourceLocation {
        SourceLocation(path: source.path, line: comment.line, column: offset - comment.lineStart + 1)
    }
}

/// Text for a message: whole if it is short, otherwise its beginning.
func excerpt(_ bytes: ArraySlice<UInt8>) -> String {
    let limit = 64
    guard bytes.count > limit else { return String(decoding: bytes, as: UTF8.self) }
    var cut = bytes.prefix(limit)
    // Never cut inside of a character.
    while let last = cut.last, last & 0xC0 == 0x80 { cut = cut.dropLast() }
    if let last = cut.last, last >= 0xC0 { cut = cut.dropLast() }
    return String(decoding: cut, as: UTF8.self) + "..."
}
