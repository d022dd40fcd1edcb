/// Words that Swift or the generated code keeps for itself, by what they disturb.
enum ReservedWords {
    /// Fine as a member name behind backticks, and nearly all as an argument label without.
    static let escapable: Set<String> = [
        // Declarations.
        "associatedtype", "class", "deinit", "enum", "extension", "fileprivate", "func", "import", "inout", "internal",
        "let", "open", "operator", "private", "precedencegroup", "protocol", "public", "rethrows", "static", "struct",
        "subscript", "typealias", "var",
        // Statements.
        "break", "case", "catch", "continue", "default", "defer", "do", "else", "fallthrough", "for", "guard", "if",
        "in", "repeat", "return", "switch", "throw", "where", "while",
        // Expressions and types.
        "Any", "as", "await", "false", "is", "nil", "throws", "true", "try",
    ]

    /// Argument labels that need backticks.
    static let notLabels: Set<String> = ["inout", "let", "var"]

    /// Names that cannot be members even behind backticks, each with what replaces it.
    static let replacements: [String: String] = [
        // `value.self` is the value itself, and an argument called `self` hides the object in its own initialiser.
        "self": "isSelf",
        // `Value.init` is the initialiser.
        "init": "initial",
        // `Value.Type` and `Value.Protocol` are metatypes, `Self` the enclosing type.
        "Type": "TypeValue",
        "Protocol": "ProtocolValue",
        "Self": "SelfValue",
        // `super` is the parent object.
        "super": "superior",
        // `_` is no name at all.
        "_": "__",
    ]

    /// Members of the root enum; a namespace of that name gets another one.
    static let rootMembers: Set<String> = ["errorCatalog", "fieldTable", "function", "layer", "object", "type"]

    /// Names that generated code uses without a path. A declaration of such a name would hide what is meant.
    static let usedByGeneratedCode: Set<String> = [
        // The module of the standard library, which goes before each of its types.
        "Swift",
        // What it takes from the runtime.
        "RPCError", "RPCErrorCatalog", "TLAvailability", "TLBytes", "TLCodable", "TLConstructorID", "TLDecodingError",
        "TLFieldTable", "TLFunction", "TLInt128", "TLInt256", "TLReader", "TLWrapperFunction", "TLWriter",
    ]

    /// Names of generated declarations that stand inside of the root or next to it, where they would hide it.
    static let usedInsideOfRoot: Set<String> = ["Function", "Object", "Query", "RequiredRuntime", "Response"]

    /// Parameters and functions that the bodies of codecs use by these names.
    static let usedByCodecs: Set<String> = ["function", "reader", "wrap", "writer"]

    /// Properties of the class of all errors, and what Swift adds to every error.
    static let errorMembers: Set<String> = [
        "code", "description", "explanation", "localizedDescription", "method", "name", "path", "value",
    ]
}
