/// A piece of a schema's text: what it is and where it stands.
struct Token: Sendable {
    enum Kind: Sendable, Equatable {
        /// Letters, digits and underscores: a name, a number, hex digits. The parser knows which it expects.
        case word
        /// One of the punctuation characters of the language.
        case punctuation(UInt8)
        /// `---functions---`: the word between the dashes.
        case section
        /// A character that the language does not use; its whole UTF-8 sequence.
        case stray
        /// A `/*` without its `*/`.
        case openComment
        /// Behind the last byte.
        case end
    }

    let kind: Kind
    /// Offsets into the bytes of the file.
    let range: Range<Int>
    let line: Int
    /// Offset of the first byte of the line.
    let lineStart: Int
    let isFirstOnLine: Bool

    /// Column in bytes, from 1.
    var column: Int { range.lowerBound - lineStart + 1 }

    func isPunctuation(_ character: Unicode.Scalar) -> Bool {
        kind == .punctuation(UInt8(truncatingIfNeeded: character.value))
    }

    /// Whether nothing stands between this token and the one before it.
    func touches(_ previous: Token) -> Bool { range.lowerBound == previous.range.upperBound }
}
