import Foundation
import TLSchema
import Testing

/// Inputs that fuzzing has found something with, and samples, against the rules that fuzzing checks.
@Suite struct FuzzFindingTests {
    @Test(arguments: RepositoryFiles.contents(ofFolder: "Tests", "Fuzz", "Findings", "fuzz-reader"))
    func findingOfTheReaderStaysFixed(file: URL) throws {
        let rules = CodecRules(schema: try loadedSchema())
        #expect(rules.violation(by: [UInt8](try Data(contentsOf: file))) == nil)
    }

    @Test func changedSamplesKeepTheRules() throws {
        let schema = try loadedSchema()
        let rules = CodecRules(schema: schema)
        var samples = Samples(of: schema, seed: Seed.value)
        var generator = SeededGenerator(seed: Seed.value)
        for (combinator, original) in samples.round(depth: 1) {
            #expect(rules.violation(by: original) == nil, "\(combinator.name); \(Seed.hint)")
            var bytes = original
            let index = Int.random(in: bytes.indices, using: &generator)
            bytes[index] = UInt8.random(in: 0...255, using: &generator)
            #expect(rules.violation(by: bytes) == nil, "\(combinator.name), byte \(index); \(Seed.hint)")
        }
    }
}
