/// Finds types that no finite value can have, because each constructor needs a value that in the end needs itself.
///
/// Optional fields and vectors end the chain: they can be absent or empty. What is left decides, so the check starts
/// with constructors that need nothing and follows from there; the work is linear in the number of fields.
struct FiniteValueCheck {
    /// A required field that holds another constructor's value.
    private struct Need {
        let field: Field
        /// How the field names what it needs, for the message.
        let target: QualifiedName
        /// What it needs: a constructor if the field is bare, otherwise a type.
        let node: Int
    }

    /// Nodes are the positions of constructors, and behind them those of types.
    private let nodeCount: Int
    /// For each constructor its type's node.
    private let typeNodes: [Int]
    /// For each node a constructor: itself, or the first of the type.
    private let representatives: [Int]
    private let needs: [[Need]]

    init(_ types: [TypeDefinition]) {
        let constructors = types.flatMap(\.constructors)
        var nodes: [QualifiedName: Int] = [:]
        for (index, constructor) in constructors.enumerated() { nodes[constructor.name] = index }
        var typeNodes: [Int] = []
        var representatives = Array(constructors.indices)
        for type in types {
            // Names of types start with an upper-case letter, names of constructors do not: they share a dictionary.
            let node = representatives.count
            nodes[type.name] = node
            representatives.append(typeNodes.count)
            typeNodes += [Int](repeating: node, count: type.constructors.count)
        }
        self.typeNodes = typeNodes
        self.representatives = representatives
        nodeCount = representatives.count
        needs = constructors.map { constructor in
            constructor.fields.compactMap { field in
                guard field.flagBit == nil else { return nil }
                switch field.type {
                case .boxed(let name), .bare(let name):
                    return nodes[name].map { Need(field: field, target: name, node: $0) }
                default: return nil
                }
            }
        }
    }

    /// Reports each cycle once, at the field where it starts.
    func report(to findings: inout Findings) {
        let isFinite = finiteNodes()
        var isVisited = [Bool](repeating: false, count: needs.count)
        for start in needs.indices where !isFinite[start] && !isVisited[start] {
            var path: [(constructor: Int, need: Need)] = []
            var current = start
            while !isVisited[current], let need = needs[current].first(where: { !isFinite[$0.node] }) {
                isVisited[current] = true
                path.append((current, need))
                current = representatives[need.node]
            }
            // A walk that ends in the track of an earlier one has nothing new to say: it finds no entry in its own.
            if let entry = path.firstIndex(where: { $0.constructor == current }) {
                report(path[entry...].map(\.need), to: &findings)
            }
        }
    }

    /// Which constructors and types have a finite value.
    private func finiteNodes() -> [Bool] {
        var isFinite = [Bool](repeating: false, count: nodeCount)
        var missing = needs.map(\.count)
        var waiting = [[Int]](repeating: [], count: nodeCount)
        for (index, needs) in needs.enumerated() {
            for need in needs { waiting[need.node].append(index) }
        }
        var ready = missing.indices.filter { missing[$0] == 0 }
        while let constructor = ready.popLast() {
            for node in [constructor, typeNodes[constructor]] where !isFinite[node] {
                isFinite[node] = true
                for waiter in waiting[node] {
                    missing[waiter] -= 1
                    if missing[waiter] == 0 { ready.append(waiter) }
                }
            }
        }
        return isFinite
    }

    private func report(_ cycle: [Need], to findings: inout Findings) {
        guard let first = cycle.first, let last = cycle.last else { return }
        // More links would not help to see where to cut the chain.
        let limit = 16
        let start = last.target
        var name = start
        var links: [String] = []
        for need in cycle.prefix(limit) {
            links.append("\(name).\(need.field.name)")
            name = need.target
        }
        if cycle.count > limit { links.append("...") }
        let kind = isUppercase(start.name.utf8.first ?? 0) ? "type" : "constructor"
        findings.error(
            "\(kind) '\(start)' has no finite value: \(links.joined(separator: " -> ")) -> \(start); "
                + "expected an optional field, a vector, or another constructor in the chain",
            at: first.field.location
        )
    }
}
