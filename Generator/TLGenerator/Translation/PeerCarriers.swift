import TLSchema

/// Which types bring users and chats along, and how to get at them.
///
/// Answers and updates hold full objects of whoever they mention, in fields that have the same names everywhere. A
/// client keeps them, and must find them in any answer without knowing the hundred types that it may have.
struct PeerCarriers {
    /// What one of the two properties of a carrier reads.
    enum Kind: CaseIterable {
        case users, chats

        /// The type that the schema must have.
        var type: QualifiedName { QualifiedName(self == .users ? "User" : "Chat") }
        /// Fields of other names may hold somebody who has nothing to do with the answer, as a quoted page does.
        var fieldNames: Set<String> { self == .users ? ["user", "users"] : ["chat", "chats"] }
        var property: String { self == .users ? "carriedUsers" : "carriedChats" }
    }

    /// The name of the generated protocol.
    static let protocolName = "PeerCarrier"

    /// Carriers by themselves, and those that hold one of these. Both in the order of the schema.
    let types: [TypeDefinition]
    private let direct: [QualifiedName: Set<Kind>]

    /// `nil` when the schema has no users and chats.
    init?(_ schema: Schema) {
        guard Kind.allCases.allSatisfy({ schema.type(named: $0.type) != nil }) else { return nil }
        var direct: [QualifiedName: Set<Kind>] = [:]
        for type in schema.types {
            let fields = type.constructors.flatMap(\.fields)
            let kinds = Kind.allCases.filter { kind in fields.contains { $0.holds(kind) } }
            if !kinds.isEmpty { direct[type.name] = Set(kinds) }
        }
        self.direct = direct
        // One level and no more: a type that holds itself would never end, and nothing the server sends goes deeper.
        types = schema.types.filter { type in
            let held = type.constructors.flatMap(\.fields).compactMap(\.carriedType)
            return direct[type.name] != nil || held.contains { direct[$0] != nil }
        }
    }

    /// Whether the generated properties stand beside the fields of a type.
    func contains(_ type: QualifiedName) -> Bool { types.contains { $0.name == type } }

    /// Expressions that give arrays, for one constructor; `subject` has its fields.
    func expressions(_ kind: Kind, of constructor: Combinator, subject: String, names: SwiftNames) -> [String] {
        constructor.fields.compactMap { field in
            guard case .value(let type, let bit) = field.content else { return nil }
            let value = "\(subject).\(names.fieldName(field.name, of: constructor.name))"
            if field.holds(kind) {
                switch (type, bit) {
                case (.vector, nil): return value
                case (.vector, _): return "\(value) ?? []"
                case (_, nil): return "[\(value)]"
                case (_, _): return "\(value).map { [$0] } ?? []"
                }
            }
            guard let held = field.carriedType, held != constructor.result.typeName,
                direct[held]?.contains(kind) ?? false
            else { return nil }
            let property = kind.property
            switch (type, bit) {
            case (.vector, nil): return "\(value).flatMap(\\.\(property))"
            case (.vector, _): return "\(value)?.flatMap(\\.\(property)) ?? []"
            case (_, nil): return "\(value).\(property)"
            case (_, _): return "\(value)?.\(property) ?? []"
            }
        }
    }
}

extension Field {
    /// The type that the field holds with its number, alone or in a vector.
    fileprivate var carriedType: QualifiedName? {
        switch type {
        case .boxed(let name): name
        case .vector(.boxed(let name), _): name
        default: nil
        }
    }

    fileprivate func holds(_ kind: PeerCarriers.Kind) -> Bool {
        kind.fieldNames.contains(name) && carriedType == kind.type
    }
}
