import TLSchema
import Testing

@Suite struct TLValuePrinterTests {
    private func text(_ value: TLValue) -> String {
        TLValuePrinter(maximumBytes: 4).text(of: value)
    }

    @Test(arguments: [
        ("plain", "\"plain\""), ("", "\"\""), ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t", #""\n\r\t""#),
        ("\u{0}\u{1B}[31m\u{7F}", #""\u{0}\u{1b}[31m\u{7f}""#), ("\u{202E}abc\u{2066}", #""\u{202e}abc\u{2066}""#),
        ("\u{85}\u{2028}\u{FEFF}", #""\u{85}\u{2028}\u{feff}""#), ("жé👨‍👩‍👧", "\"жé👨‍👩‍👧\""),
    ])
    func stringsAreQuotedAndCannotDisturbATerminal(string: String, printed: String) {
        #expect(text(.string(Array(string.utf8))) == printed + "\n")
    }

    @Test func stringThatIsNotUTF8IsShownAsBytes() {
        #expect(text(.string([0xC3, 0x28])) == "not UTF-8: c328 (2 bytes)\n")
    }

    @Test func longBytesAreShortened() {
        #expect(text(.bytes([])) == "0 bytes\n")
        #expect(text(.bytes([0x0A])) == "0a (1 byte)\n")
        #expect(text(.bytes([1, 2, 3, 4])) == "01020304 (4 bytes)\n")
        #expect(text(.bytes([1, 2, 3, 4, 5])) == "01020304... (5 bytes)\n")
    }

    @Test func flagsNameTheirBits() {
        #expect(text(.flags(0)) == "0x00000000\n")
        #expect(text(.flags(1 << 31)) == "0x80000000 (bit 31)\n")
        #expect(text(.flags(0b101)) == "0x00000005 (bits 0, 2)\n")
    }
}
