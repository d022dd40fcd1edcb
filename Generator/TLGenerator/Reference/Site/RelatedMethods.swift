import TLSchema

/// Methods of one namespace whose names share words: `getDialogs`, `getPinnedDialogs`.
struct RelatedMethods {
    private struct Entry {
        let name: QualifiedName
        let words: Set<Substring>
    }

    private let namespaces: [String?: [Entry]]

    init(_ functions: [Combinator]) {
        let entries = functions.map { Entry(name: $0.name, words: Self.words(of: $0.name.name)) }
        namespaces = Dictionary(grouping: entries, by: \.name.namespace)
    }

    /// Those that share most words first.
    func methods(like name: QualifiedName, atMost count: Int) -> [QualifiedName] {
        let words = Self.words(of: name.name)
        return (namespaces[name.namespace] ?? [])
            .compactMap { entry -> (name: QualifiedName, shared: Int)? in
                let shared = entry.words.count(where: words.contains)
                return shared > 0 && entry.name != name ? (entry.name, shared) : nil
            }
            .sorted { ($1.shared, $0.name) < ($0.shared, $1.name) }
            .prefix(count).map(\.name)
    }

    /// Without the verb that names begin with: `getAllDrafts` -> `All`, `Drafts`.
    private static func words(of name: String) -> Set<Substring> {
        var words: Set<Substring> = []
        var start: String.Index?
        for index in name.utf8.indices where (0x41...0x5A).contains(name.utf8[index]) {
            if let start { words.insert(name[start..<index]) }
            start = index
        }
        if let start { words.insert(name[start...]) }
        return words
    }
}
