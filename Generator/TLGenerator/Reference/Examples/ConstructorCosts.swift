import TLSchema

/// How many values one has to write to build each constructor at the least, what its fields need included.
///
/// Settled by going over the schema until nothing gets cheaper, which takes as many rounds as values nest deep.
struct ConstructorCosts {
    private var constructors: [QualifiedName: Int] = [:]
    private var types: [QualifiedName: Int] = [:]

    /// More than any example should have; also the cost of what cannot be built.
    private static let most = 1_000_000
    /// Values nested deeper than this stay at ``most``: no example shows them.
    private static let mostRounds = 32

    init(_ schema: Schema) {
        for _ in 0..<Self.mostRounds {
            var hasChanged = false
            for type in schema.types {
                for constructor in type.constructors {
                    let cost = Self.cost(of: constructor, types: types, constructors: constructors)
                    guard cost < constructors[constructor.name, default: Self.most] else { continue }
                    constructors[constructor.name] = cost
                    types[type.name] = min(cost, types[type.name, default: Self.most])
                    hasChanged = true
                }
            }
            if !hasChanged { break }
        }
    }

    subscript(name: QualifiedName) -> Int { constructors[name, default: Self.most] }

    /// Whether a value with an element in each of its lists ends.
    func canBuild(_ type: TypeReference) -> Bool {
        Self.cost(of: type, types: types, constructors: constructors) < Self.most
    }

    private static func cost(
        of constructor: Combinator,
        types: [QualifiedName: Int],
        constructors: [QualifiedName: Int]
    ) -> Int {
        var cost = 1
        for field in constructor.fields {
            guard case .value(let type, when: nil) = field.content else { continue }
            cost = min(most, cost + 1 + Self.cost(of: type, types: types, constructors: constructors))
        }
        return cost
    }

    private static func cost(
        of type: TypeReference,
        types: [QualifiedName: Int],
        constructors: [QualifiedName: Int]
    ) -> Int {
        switch type {
        case .boxed(let name): types[name, default: most]
        case .bare(let name): constructors[name, default: most]
        case .vector(let element, _): cost(of: element, types: types, constructors: constructors)
        default: 1
        }
    }
}
