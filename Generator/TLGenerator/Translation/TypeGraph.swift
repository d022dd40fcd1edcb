import TLSchema

/// What the shape of the schema as a whole says about single types: which can contain themselves, and which constructor
/// ends a value soonest.
struct TypeGraph {
    /// Types that can contain themselves, through any field: their decoders count levels.
    let recursiveTypes: Set<QualifiedName>
    /// For each type, the index of the constructor that a decoder falls back to after a problem: the one whose required
    /// fields nest least, so that building a placeholder always ends.
    let shallowestConstructor: [QualifiedName: Int]

    init(_ schema: Schema) {
        recursiveTypes = Self.findRecursiveTypes(schema)
        shallowestConstructor = ShallowestConstructors.find(in: schema)
    }

    /// Types on a cycle of the graph "has a field of", found as strongly connected components without recursion, since
    /// a hostile schema can chain as many types as it likes.
    private static func findRecursiveTypes(_ schema: Schema) -> Set<QualifiedName> {
        var position: [QualifiedName: Int] = [:]
        for (index, type) in schema.types.enumerated() { position[type.name] = index }
        let edges = schema.types.map { type in
            Set(type.constructors.flatMap(\.fields).compactMap { $0.type?.mentionedType(in: schema) })
                .compactMap { position[$0] }.sorted()
        }
        return Set(StronglyConnected.cycles(of: edges).map { schema.types[$0].name })
    }
}

extension TypeReference {
    /// The type this reference leads to, through vectors; `nil` for scalars.
    func mentionedType(in schema: Schema) -> QualifiedName? {
        switch self {
        case .boxed(let name): name
        case .bare(let name): schema.constructor(named: name)?.result.typeName
        case .vector(let element, _): element.mentionedType(in: schema)
        default: nil
        }
    }

    /// The name of a boxed type.
    var typeName: QualifiedName? {
        if case .boxed(let name) = self { name } else { nil }
    }
}
