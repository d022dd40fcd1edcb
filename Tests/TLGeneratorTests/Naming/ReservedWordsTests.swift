import Testing

@testable import TLGenerator

@Suite struct ReservedWordsTests {
    /// A declaration of such a name would hide what is meant, so the list must be complete.
    @Test func everyNameThatGeneratedCodeTakesFromTheRuntimeIsKnown() throws {
        let usedOnce: Set = ["TL", "TLRuntime", "TLGeneratedCodeVersion1"]
        let used = try GoldenTests.generate().reduce(into: Set<String>()) { $0.formUnion(words(of: $1.text)) }
        #expect(used.subtracting(usedOnce) == ReservedWords.usedByGeneratedCode.subtracting(["Swift"]))
    }

    /// Words that start like names of the runtime and do not follow a dot.
    private func words(of text: String) -> Set<String> {
        var words: Set<String> = []
        var word = ""
        var isMember = false
        for character in text.utf8.lazy.map({ Character(Unicode.Scalar($0)) }) {
            if character.isLetter || character.isNumber || character == "_" {
                word.append(character)
                continue
            }
            if !isMember, word.hasPrefix("TL") || word.hasPrefix("RPC") { words.insert(word) }
            isMember = character == "."
            word = ""
        }
        return words
    }

    /// A replacement that needed one itself would be no help.
    @Test func replacementsNeedNothingFurther() {
        for replacement in ReservedWords.replacements.values {
            #expect(ReservedWords.replacements[replacement] == nil)
            #expect(!ReservedWords.escapable.contains(replacement))
        }
    }
}
