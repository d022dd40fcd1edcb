/// Sentences of the tables: names in back-ticks become code, and links where the site has a page of that name.
struct Prose {
    let context: TranslationContext
    let addresses: SiteMap

    func callAsFunction(_ sentence: String?) -> [Inline] {
        guard let sentence else { return [] }
        var result: [Inline] = []
        var isCode = false
        for piece in sentence.utf8.split(separator: UInt8(ascii: "`"), omittingEmptySubsequences: false) {
            if !piece.isEmpty {
                let text = String(Substring(piece))
                result.append(isCode ? code(text) : .text(text))
            }
            isCode.toggle()
        }
        return result
    }

    /// Small letters alone name a field: that there is a constructor `message` or `photo`, too, is chance.
    private func code(_ name: String) -> Inline {
        let isFieldAtMost = !name.utf8.contains { $0 == UInt8(ascii: ".") || (0x41...0x5A).contains($0) }
        return .codeLink(context.propertyName(ofField: name), isFieldAtMost ? nil : addresses[name])
    }
}
