import TLSchema
import TelegramAPI
import Testing

/// Bytes that end too early.
@Suite struct PrefixTests {
    /// All prefixes of shorter encodings are tried; of longer ones the first, the last, and some between.
    private static let wholeLength = 2048
    private static let firstLengths = 512
    private static let lastLengths = 64
    private static let randomLengths = 32

    @Test func noStrictPrefixIsAValue() throws {
        var samples = Samples(of: try loadedSchema(), seed: Seed.value)
        var generator = SeededGenerator(seed: Seed.value)
        var prefixes = 0
        var counts: [Combinator.Kind: Int] = [:]
        for (combinator, bytes) in samples.round(depth: 1) + samples.round(depth: 2) {
            for length in Self.lengths(below: bytes.count, using: &generator) {
                let isValue = decodes(Array(bytes[..<length]), as: combinator.kind)
                if isValue { Issue.record("\(combinator.name) cut to \(length) of \(bytes.count) bytes; \(Seed.hint)") }
                prefixes += 1
            }
            counts[combinator.kind, default: 0] += 1
        }
        #expect(counts == [.constructor: 2 * Samples.constructorCount, .function: 2 * Samples.functionCount])
        #expect(prefixes > 300_000)
    }

    @Test func aByteMoreIsTrailing() throws {
        var samples = Samples(of: try loadedSchema(), seed: Seed.value)
        for (combinator, bytes) in samples.round(depth: 0) {
            #expect(throws: TLDecodingError.trailingBytes(count: 1, offset: bytes.count), "\(combinator.name)") {
                _ = try recoded(bytes + [0], as: combinator.kind)
            }
        }
    }

    private static func lengths(below count: Int, using generator: inout SeededGenerator) -> [Int] {
        guard count > wholeLength else { return Array(0..<count) }
        let between = firstLengths..<count - lastLengths
        let random = (0..<randomLengths).map { _ in Int.random(in: between, using: &generator) }
        return Array(0..<firstLengths) + random + Array(between.upperBound..<count)
    }
}
