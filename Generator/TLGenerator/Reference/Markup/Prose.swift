/// Sentences of the tables: names in back-ticks become code, and links where the site has a page of that name.
struct Prose {
    let addresses: SiteMap

    func callAsFunction(_ sentence: String?) -> [Inline] {
        guard let sentence else { return [] }
        var result: [Inline] = []
        var isCode = false
        for piece in sentence.utf8.split(separator: UInt8(ascii: "`"), omittingEmptySubsequences: false) {
            if !piece.isEmpty {
                let text = String(Substring(piece))
                result.append(isCode ? .codeLink(text, addresses[text]) : .text(text))
            }
            isCode.toggle()
        }
        return result
    }
}
