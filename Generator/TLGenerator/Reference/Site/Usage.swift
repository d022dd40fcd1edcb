import TLSchema

/// Who uses what: the schema and the method table read backwards.
struct Usage {
    /// For a type, the methods that answer with it or with a list of it.
    private(set) var returning: [QualifiedName: [QualifiedName]] = [:]
    /// For a type, the methods that have a field of it.
    private(set) var methodsTaking: [QualifiedName: [QualifiedName]] = [:]
    /// For a type, the constructors that have a field of it.
    private(set) var constructorsTaking: [QualifiedName: [QualifiedName]] = [:]
    /// For an error, by its name in the table, the methods known to answer with it.
    private(set) var raising: [String: [QualifiedName]] = [:]
    /// For a method of the friendly client, the methods that it calls.
    private var friendly: [FriendlyMethod: [QualifiedName]] = [:]
    /// All namespaces with methods, types or constructors, the root namespace (`nil`) first.
    let namespaces: [String?]

    init(schema: Schema, methods: MethodTable?) {
        for function in schema.functions {
            if let type = function.result.mentionedType(in: schema) {
                returning[type, default: []].append(function.name)
            }
            for type in Self.types(of: function, in: schema) { methodsTaking[type, default: []].append(function.name) }
            guard let facts = methods?[function.name] else { continue }
            for error in facts.errors { raising[error, default: []].append(function.name) }
            for friendly in facts.friendly { self.friendly[friendly, default: []].append(function.name) }
        }
        for constructor in schema.constructors {
            for type in Self.types(of: constructor, in: schema) {
                constructorsTaking[type, default: []].append(constructor.name)
            }
        }
        var namespaces: Set<String?> = []
        for name in schema.functions.map(\.name) + schema.types.map(\.name) + schema.constructors.map(\.name) {
            namespaces.insert(name.namespace)
        }
        self.namespaces = namespaces.sorted { ($0 ?? "").utf8.lexicographicallyPrecedes(($1 ?? "").utf8) }
    }

    /// Methods of the friendly client that there are, or that are planned, with what they call; by name.
    func friendly(isPlanned: Bool) -> [(method: FriendlyMethod, calls: [QualifiedName])] {
        friendly.filter { $0.key.isPlanned == isPlanned }.map { (method: $0.key, calls: $0.value) }
            .sorted { $0.method.name.utf8.lexicographicallyPrecedes($1.method.name.utf8) }
    }

    /// The types of a combinator's fields, each once, in order.
    private static func types(of combinator: Combinator, in schema: Schema) -> [QualifiedName] {
        var types: [QualifiedName] = []
        for field in combinator.fields {
            if let type = field.type?.mentionedType(in: schema), !types.contains(type) { types.append(type) }
        }
        return types
    }
}
