import TLRuntime
import TelegramAPI
import Testing

/// Counts that promise more than there is.
///
/// Other tests run in the same process meanwhile, so the bounds leave them room; what is measured would exceed them
/// many times over.
@Suite struct HostileCountTests {
    private static let megabyte = 1 << 20

    @Test(arguments: [Int32.max, 1 << 24, 1000, -1, .min])
    func countBeyondTheEndIsRefused(count: Int32) throws {
        let bytes = Self.richTextVector(count: count)
        let left = count == 1000 ? 3 * 4 : 0
        #expect(throws: TLDecodingError.invalidCount(count: Int(count), left: left, offset: 8)) {
            _ = try TL.RichText(decoding: bytes + [UInt8](repeating: 0, count: left))
        }
    }

    /// Each of the nested vectors claims as many elements as the bytes behind it could hold. If each got room for them,
    /// that would be 4 GB.
    @Test(.enabled(if: MemoryUse.addressSpacePeak != nil))
    func nestedCountsDoNotMultiplyReservedRoom() throws {
        let size = 16 * Self.megabyte
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        for level in 1..<TLReader.depthLimit {
            let left = size - level * 12
            bytes += Self.richTextVector(count: Int32(left / 4))
        }
        bytes += [UInt8](repeating: 0, count: size - bytes.count)
        let before = try #require(MemoryUse.addressSpacePeak)
        #expect(throws: TLDecodingError.self) { _ = try TL.RichText(decoding: bytes) }
        let after = try #require(MemoryUse.addressSpacePeak)
        #expect(after - before < 1024 * Self.megabyte)
    }

    /// The densest honest values: elements of four bytes that become elements of an array, or objects of their own.
    @Test(
        .enabled(if: MemoryUse.resident != nil),
        arguments: [TL.RichText.textEmpty, .textConcat(texts: []), .textPlain(text: "")]
    )
    func valueTakesASmallMultipleOfItsBytes(element: TL.RichText) throws {
        let encodedElement = try element.encoded()
        let count = 4 * Self.megabyte / encodedElement.count
        var bytes = Self.richTextVector(count: Int32(count))
        for _ in 0..<count { bytes += encodedElement }
        let before = try #require(MemoryUse.resident)
        let value = try TL.RichText(decoding: bytes)
        let after = try #require(MemoryUse.resident)
        #expect(after - before < 16 * bytes.count)
        guard case .textConcat(let concat) = value else {
            Issue.record("the value is no 'textConcat'")
            return
        }
        #expect(concat.texts.count == count)
    }

    /// The start of a `textConcat`, up to the count of its texts.
    private static func richTextVector(count: Int32) -> [UInt8] {
        [UInt32(0x7e62_60d7), TLConstructorID.vector, UInt32(bitPattern: count)].flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
        }
    }
}
