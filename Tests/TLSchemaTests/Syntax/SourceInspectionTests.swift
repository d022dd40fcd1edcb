import TLSchema
import Testing

@Suite struct SourceInspectionTests {
    private func findings(_ bytes: [UInt8]) -> [String] {
        Schema.load([SchemaSource(path: "s.tl", bytes: bytes)]).diagnostics.map(withoutPath)
    }

    /// Sequences that are no UTF-8, and the byte that says so (Unicode 16, table 3-7, just outside of each range).
    static let malformed: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
        [0xE2, 0x82], [0xE2, 0x82, 0x41], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x92], [0xF4, 0x90, 0x80, 0x80],
        [0xF5, 0x80, 0x80, 0x80], [0xFF, 0xFE],
    ]

    @Test(arguments: malformed)
    func malformedTextIsRefusedAtItsFirstByte(sequence: [UInt8]) throws {
        let first = try #require(sequence.first)
        let digits = String(first, radix: 16, uppercase: true)
        let expected = "2:4: error: byte 0x\(digits) is not valid UTF-8; save the file as UTF-8"
        #expect(findings(Array("a = A;\n// ".utf8) + sequence) == [expected])
    }

    @Test(arguments: ["\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}"])
    func everyWellFormedCharacterMayStandInAComment(character: String) {
        #expect(findings(Array("// \(character)\na = A;".utf8)).isEmpty)
    }

    @Test(arguments: [0x00, 0x01, 0x0B, 0x0C, 0x1B, 0x7F] as [UInt8])
    func controlCharacterMeansABinaryFile(byte: UInt8) {
        let digits = (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        let expected = "3:2: error: byte 0x\(digits) does not occur in text; is it a schema, or a binary file?"
        #expect(findings(Array("a = A;\r\n\ra".utf8) + [byte]) == [expected])
    }

    @Test func hugeFileIsRefusedUnread() {
        let bytes = [UInt8](repeating: 0, count: SchemaSource.maximumSize + 1)
        let expected = "1:1: error: the file has 16777217 bytes, but a schema has at most 16 MB; is it the right file?"
        #expect(findings(bytes) == [expected])
    }

    @Test(arguments: ["", " \r\n", "// only a comment", "---functions---", "\u{FEFF}"])
    func emptySchemaIsAMistake(text: String) {
        #expect(findings(Array(text.utf8)) == ["1:1: error: schema is empty; expected at least one declaration"])
    }

    @Test func noSourcesAreAnEmptySchema() {
        let diagnostics = Schema.load([]).diagnostics
        #expect(diagnostics.map(\.description) == ["error: schema is empty; expected at least one declaration"])
    }
}
