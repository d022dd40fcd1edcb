/// How many levels of objects the smallest value of each type has, and which constructor gives it.
struct ConstructorHeights: Sendable {
    private var typeHeights: [QualifiedName: (height: Int, constructor: Int)] = [:]
    /// The function whose smallest call has the fewest levels; `nil` if every function needs another one.
    private(set) var shallowestFunction: Int?

    init(_ schema: Schema) {
        settleTypes(of: schema)
        let calls = schema.functions.enumerated().compactMap { index, function in
            height(of: function, in: schema, depth: 0).map { (height: $0, index: index) }
        }
        shallowestFunction = calls.min { ($0.height, $0.index) < ($1.height, $1.index) }?.index
    }

    /// Position of the constructor with the smallest value; 0 for a type that has no finite value.
    func shallowest(of type: QualifiedName) -> Int {
        typeHeights[type]?.constructor ?? 0
    }

    /// Each round settles the types whose smallest value has one level more than those of the round before.
    private mutating func settleTypes(of schema: Schema) {
        var open = schema.types
        var hasGrown = true
        while hasGrown && !open.isEmpty {
            var settled: [(name: QualifiedName, height: Int, constructor: Int)] = []
            open.removeAll { type in
                let heights = type.constructors.enumerated().compactMap { index, constructor in
                    height(of: constructor, in: schema, depth: 0).map { (height: $0, index: index) }
                }
                guard let best = heights.min(by: { ($0.height, $0.index) < ($1.height, $1.index) }) else {
                    return false
                }
                settled.append((type.name, best.height, best.index))
                return true
            }
            for type in settled { typeHeights[type.name] = (type.height, type.constructor) }
            hasGrown = !settled.isEmpty
        }
    }

    /// Levels of the smallest value of a combinator; `nil` while one of its types has not been settled.
    ///
    /// Bare constructors are followed; `depth` ends that where a schema that nobody checked has a cycle of them.
    private func height(of combinator: Combinator, in schema: Schema, depth: Int) -> Int? {
        guard depth < 16 else { return nil }
        var height = 0
        for field in combinator.fields {
            guard case .value(let type, when: nil) = field.content else { continue }
            let below: Int?
            switch type {
            case .boxed(let name): below = typeHeights[name]?.height
            case .bare(let name):
                below = schema.constructor(named: name).flatMap { self.height(of: $0, in: schema, depth: depth + 1) }
            case .generic: below = nil
            case .int, .long, .double, .int128, .int256, .string, .bytes, .bool, .vector: below = 0
            }
            guard let below else { return nil }
            height = max(height, below)
        }
        return height + 1
    }
}
