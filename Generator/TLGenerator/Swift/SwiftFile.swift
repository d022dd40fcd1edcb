/// One generated file: imports and declarations, before they are text.
struct SwiftFile {
    /// An import with the access its declarations need.
    struct Import {
        var access: String
        var module: String
    }

    /// File name without folder.
    var name: String
    /// Lines of the comment on top, without slashes.
    var header: [String]
    var imports: [Import]
    var declarations: [Declaration]
}

/// A declaration at file level or inside a type.
indirect enum Declaration {
    case type(TypeDeclaration)
    case enumCase(EnumCase)
    case property(PropertyDeclaration)
    case function(FunctionDeclaration)
    case alias(access: String, name: String, target: String)
}

/// `enum`, `final class`, `struct`, `extension`, `protocol`.
struct TypeDeclaration {
    enum Kind: String {
        case enumeration = "enum"
        case finalClass = "final class"
        case structure = "struct"
        case `extension` = "extension"
        case `protocol` = "protocol"
    }

    var doc = DocComment()
    /// Empty for extensions.
    var access: String
    var kind: Kind
    var name: String
    /// `<Query: TL.Function>`, or empty.
    var generics = ""
    var conformances: [String] = []
    var members: [Declaration] = []
}

/// A case of an enum, with or without a payload.
struct EnumCase {
    var doc = DocComment()
    var name: String
    var payload: String?
}

/// A stored or computed property.
struct PropertyDeclaration {
    enum Content {
        /// `let name: Type`, or `var`.
        case stored(keyword: String)
        /// `var name: Type { body }`
        case computed([Statement])
        /// `static let name: Type = value`
        case constant(String)
        /// `var name: Type { get }`, in a protocol
        case required
    }

    var doc = DocComment()
    /// `public`, `public static`.
    var modifiers: String
    var name: String
    var type: String
    var content: Content
}

/// A function or an initialiser.
struct FunctionDeclaration {
    struct Parameter {
        /// What the caller writes; `_` for nothing.
        var label: String
        /// What the body uses, if that is another word.
        var name: String?
        var type: String
        var defaultValue: String?
    }

    var doc = DocComment()
    /// `public`, `public static`.
    var modifiers: String
    /// `init` or `func name`.
    var head: String
    var generics = ""
    var parameters: [Parameter]
    var result: String?
    /// `throws(SomeError)`, or nothing.
    var throwing: String?
    var body: [Statement]
}

/// One statement of a body.
indirect enum Statement {
    /// One line as it stands.
    case line(String)
    /// `if condition { ... }`
    case conditional(String, [Statement])
    /// `switch subject { ... }`
    case choice(String, [Branch])

    /// `case pattern: ...`, or `default: ...`
    struct Branch {
        var label: String
        var body: [Statement]
    }
}
