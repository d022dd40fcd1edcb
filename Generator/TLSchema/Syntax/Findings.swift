/// Collects what parsing and resolving report, up to a limit, and puts it in the order of the input.
struct Findings: Sendable {
    /// Behind this many findings a run has said enough; most of the rest would follow from the first.
    static let limit = 100

    /// Each finding with the notes that belong to it.
    private var groups: [[Diagnostic]] = []
    private(set) var hasErrors = false
    private var wasCut = false

    /// Whether further work would only find what nobody is shown.
    var isFull: Bool { wasCut }

    mutating func error(_ message: String, at location: SourceLocation?, notes: [Diagnostic] = []) {
        hasErrors = true
        add([.error(message, at: location)] + notes)
    }

    mutating func warning(_ message: String, at location: SourceLocation?) {
        add([Diagnostic(.warning, message, at: location)])
    }

    private mutating func add(_ group: [Diagnostic]) {
        if groups.count < Self.limit {
            groups.append(group)
            return
        }
        wasCut = true
        // Warnings alone would make the result look usable.
        let isFirstError = group.first?.severity == .error && !groups.contains { $0.first?.severity == .error }
        if isFirstError { groups[groups.count - 1] = group }
    }

    /// Everything found, by file in the given order, then by line and column; a closing note if there was more.
    func finish(order paths: [String]) -> [Diagnostic] {
        let ranks = Dictionary(paths.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        func key(_ index: Int) -> (Int, Int, Int, Int) {
            guard let location = groups[index].first?.location else { return (-1, 0, 0, index) }
            return (ranks[location.path] ?? paths.count, location.line, location.column, index)
        }
        var sorted = groups.indices.map { ($0, key($0)) }.sorted { $0.1 < $1.1 }.flatMap { groups[$0.0] }
        if wasCut {
            sorted.append(.note("stopped after \(Self.limit) findings; correct these and run again", at: nil))
        }
        return sorted
    }
}
