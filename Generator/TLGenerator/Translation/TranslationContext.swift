import TLSchema

/// Everything the translators look things up in.
struct TranslationContext {
    let schema: Schema
    let names: SwiftNames
    let mapping: TypeMapping
    let graph: TypeGraph
    let documentation: Documentation
    let access: String
    /// `nil` when the schema has no users and chats.
    let peerCarriers: PeerCarriers?
    /// Constructors that some field holds without their number.
    let bareConstructors: Set<QualifiedName>
    /// The class of each error in the table, by the name that the table gives it.
    let errorClasses: [String: String]
    /// Fields whose property is spelled in another way, with the name of the property.
    private let propertyNames: [String: String]

    init(schema: Schema, names: SwiftNames, documentation: Documentation, access: GeneratorConfiguration.Access) {
        self.schema = schema
        self.names = names
        self.documentation = documentation
        self.access = access.rawValue
        mapping = TypeMapping(schema: schema, names: names)
        graph = TypeGraph(schema)
        peerCarriers = PeerCarriers(schema)
        var bare: Set<QualifiedName> = []
        for combinator in schema.constructors + schema.functions {
            for field in combinator.fields {
                if let name = field.type?.bareConstructor { bare.insert(name) }
            }
        }
        bareConstructors = bare
        errorClasses = documentation.errors.map { Self.errorClasses(of: $0, names: names) } ?? [:]
        propertyNames = Self.propertyNames(of: schema, names: names)
    }

    private static func propertyNames(of schema: Schema, names: SwiftNames) -> [String: String] {
        var properties: [String: String] = [:]
        for combinator in schema.constructors + schema.functions {
            for field in combinator.fields where properties[field.name] == nil {
                if case .flags = field.content { continue }
                properties[field.name] = names.fieldName(field.name, of: combinator.name)
            }
        }
        return properties.filter { $0.key != $0.value }
    }

    /// A sentence of the tables as people who write Swift read it: fields in back-ticks are called as their properties
    /// are. The tables have the names of the schema, which every language shares.
    func inSwift(_ sentence: String) -> String {
        let tick = UInt8(ascii: "`")
        guard sentence.utf8.contains(tick) else { return sentence }
        var pieces = sentence.utf8.split(separator: tick, omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
        for index in stride(from: 1, to: pieces.count, by: 2) {
            pieces[index] = propertyName(ofField: pieces[index])
        }
        return pieces.joined(separator: "`")
    }

    /// `user_id` -> `userID`; what names no field stays as it is.
    func propertyName(ofField name: String) -> String { propertyNames[name] ?? name }

    private static func errorClasses(of catalog: ErrorCatalog, names: SwiftNames) -> [String: String] {
        var classes: [String: String] = [:]
        for definition in catalog.distinctDefinitions {
            classes[definition.name.uppercased()] = names.errorName(definition.name)
        }
        var result: [String: String] = [:]
        for (name, key) in catalog.classKeys { result[name] = classes[key] }
        return result
    }

    /// `extension TL.messages { ... }`
    func scopeExtension(_ namespace: String?, _ members: [Declaration]) -> Declaration {
        .type(TypeDeclaration(access: "", kind: .extension, name: names.scope(namespace), members: members))
    }
}

extension TypeReference {
    /// The constructor that the type holds without its number, through vectors.
    var bareConstructor: QualifiedName? {
        switch self {
        case .bare(let name): name
        case .vector(let element, _): element.bareConstructor
        default: nil
        }
    }
}
