import TLSchema

/// Which constructor of each type a decoder falls back to after a problem: the one whose required fields nest least, so
/// that building a placeholder always ends, and soon.
///
/// A constructor is one level deeper than the deepest thing it needs, and a type as deep as its shallowest constructor.
/// Levels are settled from the lowest up, so the work is linear in the number of fields, however long the chains.
struct ShallowestConstructors {
    /// Constructors come first, types behind them.
    private let waiting: [[Int]]
    private let typeNodes: [Int]
    private let needs: [Int]
    private var missing: [Int]
    private var depths: [Int]
    private var levels: [[Int]] = [[], []]

    /// For each type the position of its shallowest constructor: of several the one with the fewest needs, of these the
    /// first. Types that only have infinite values were refused when the schema was resolved; they are left out.
    static func find(in schema: Schema) -> [QualifiedName: Int] {
        var search = ShallowestConstructors(schema)
        let settled = search.settle()
        var result: [QualifiedName: Int] = [:]
        var first = 0
        for (type, choice) in zip(schema.types, settled) {
            if let choice { result[type.name] = choice - first }
            first += type.constructors.count
        }
        return result
    }

    private init(_ schema: Schema) {
        let constructors = schema.constructors
        var nodes: [QualifiedName: Int] = [:]
        for (index, constructor) in constructors.enumerated() { nodes[constructor.name] = index }
        var typeNodes: [Int] = []
        for (index, type) in schema.types.enumerated() {
            // Names of types start with a capital, names of constructors do not: they share a dictionary.
            nodes[type.name] = constructors.count + index
            typeNodes += [Int](repeating: constructors.count + index, count: type.constructors.count)
        }
        var waiting = [[Int]](repeating: [], count: constructors.count + schema.types.count)
        var needs = [Int](repeating: 0, count: constructors.count)
        for (index, constructor) in constructors.enumerated() {
            for field in constructor.fields {
                guard case .value(let type, when: nil) = field.content, let node = type.needed.flatMap({ nodes[$0] })
                else { continue }
                waiting[node].append(index)
                needs[index] += 1
            }
        }
        self.waiting = waiting
        self.needs = needs
        missing = needs
        self.typeNodes = typeNodes
        depths = constructors.map { $0.fields.isEmpty ? 0 : 1 }
        for index in constructors.indices where missing[index] == 0 { levels[depths[index]].append(index) }
    }

    /// The constructor of each type that is reached first.
    private mutating func settle() -> [Int?] {
        var choices = [Int?](repeating: nil, count: waiting.count - typeNodes.count)
        var level = 0
        while level < levels.count {
            // What a settled node sets free belongs to a higher level, so this one is complete.
            for constructor in levels[level].sorted(by: { (needs[$0], $0) < (needs[$1], $1) }) {
                release(waiting[constructor], above: level)
                let type = typeNodes[constructor] - typeNodes.count
                if choices[type] != nil { continue }
                choices[type] = constructor
                release(waiting[typeNodes[constructor]], above: level)
            }
            level += 1
        }
        return choices
    }

    private mutating func release(_ constructors: [Int], above level: Int) {
        for constructor in constructors {
            depths[constructor] = max(depths[constructor], level + 1)
            missing[constructor] -= 1
            if missing[constructor] > 0 { continue }
            while levels.count <= depths[constructor] { levels.append([]) }
            levels[depths[constructor]].append(constructor)
        }
    }
}

extension TypeReference {
    /// The type, or for a bare field the constructor, that a value of this type cannot do without.
    fileprivate var needed: QualifiedName? {
        switch self {
        case .boxed(let name), .bare(let name): name
        default: nil
        }
    }
}
