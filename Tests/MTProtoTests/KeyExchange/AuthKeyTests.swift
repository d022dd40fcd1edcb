import MTProto
import Testing

@Suite struct AuthKeyTests {
    @Test(arguments: [0, 255, 257])
    func otherSizesAreNoKeys(count: Int) {
        #expect(AuthKey(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }

    @Test func neitherPrintingNorDumpingShowsTheKey() throws {
        let key = try #require(AuthKey(bytes: [UInt8](repeating: 0xab, count: 256)))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", dumped, String(reflecting: key)] {
            #expect(!text.contains("171") && !text.lowercased().contains("abab"))
        }
    }

    @Test func aWipedKeyHasNoBytes() throws {
        var key = try #require(AuthKey(bytes: [UInt8](repeating: 7, count: 256)))
        let copy = key
        key.wipe()
        #expect(key.bytes.isEmpty)
        #expect(copy.bytes == [UInt8](repeating: 7, count: 256))
    }

    @Test(arguments: [Int64.min, -1, 0, 1, 0x0102_0304_0506_0708, .max])
    func littleEndianBytesGoBackAndForth(number: Int64) {
        #expect(Int64(littleEndianBytes: number.littleEndianBytes[...]) == number)
    }
}
