/// A TL type with all its constructors.
public struct TypeDefinition: Sendable, Hashable {
    /// As the schema spells it, `InputPeer` or `messages.Messages`.
    public let name: QualifiedName
    /// At least one, in the order of the schema.
    public let constructors: [Combinator]

    /// Creates a type.
    public init(name: QualifiedName, constructors: [Combinator]) {
        self.name = name
        self.constructors = constructors
    }
}

/// A checked schema: every name resolves, every number is unique, every value can be written and read.
public struct Schema: Sendable {
    /// From `// LAYER n`; `nil` when the schema does not say.
    public let layer: Int?
    /// Types in the order in which the schema first mentions a constructor of them.
    ///
    /// The built-in types (`Bool` with its two constructors, `True`, `Null`, `Vector`, the scalars) are not among them.
    public let types: [TypeDefinition]
    /// Functions in the order of the schema.
    public let functions: [Combinator]
    /// Constructors of built-in types that the schema declared (`boolFalse`, `boolTrue`, ...): known, never generated.
    public let builtInConstructors: [Combinator]

    private let typeIndex: [QualifiedName: Int]
    private let constructorIndex: [QualifiedName: (type: Int, constructor: Int)]

    /// Creates a schema from parts that have been checked.
    public init(
        layer: Int?,
        types: [TypeDefinition],
        functions: [Combinator],
        builtInConstructors: [Combinator] = []
    ) {
        self.layer = layer
        self.types = types
        self.functions = functions
        self.builtInConstructors = builtInConstructors
        var typeIndex: [QualifiedName: Int] = [:]
        var constructorIndex: [QualifiedName: (type: Int, constructor: Int)] = [:]
        for (index, type) in types.enumerated() {
            typeIndex[type.name] = index
            for (position, constructor) in type.constructors.enumerated() {
                constructorIndex[constructor.name] = (index, position)
            }
        }
        self.typeIndex = typeIndex
        self.constructorIndex = constructorIndex
    }

    /// All constructors of all types, in order; built-in ones are not among them.
    public var constructors: [Combinator] { types.flatMap(\.constructors) }

    /// The type of that name.
    public func type(named name: QualifiedName) -> TypeDefinition? {
        typeIndex[name].map { types[$0] }
    }

    /// The constructor of that name.
    public func constructor(named name: QualifiedName) -> Combinator? {
        constructorIndex[name].map { types[$0.type].constructors[$0.constructor] }
    }
}
