import TLSchema

/// The schema's own spelling of what the model holds, for documentation and the field table.
enum TLText {
    /// `inputPeerUser#dde8a54c user_id:long access_hash:long = InputPeer`
    static func declaration(of combinator: Combinator) -> String {
        var text = "\(combinator.name)#\(combinator.numberText)"
        for parameter in combinator.typeParameters { text += " {\(parameter):Type}" }
        for field in combinator.fields { text += " \(field.name):\(content(of: field))" }
        return text + " = \(type(combinator.result, isResult: true))"
    }

    /// `flags.0?Vector<MessageEntity>`
    static func content(of field: Field) -> String {
        switch field.content {
        case .flags: "#"
        case .presence(let bit): "\(bit.word).\(bit.bit)?true"
        case .value(let type, when: nil): self.type(type)
        case .value(let type, when: let bit?): "\(bit.word).\(bit.bit)?\(self.type(type))"
        }
    }

    /// `Vector<MessageEntity>`
    static func type(_ type: TypeReference, isResult: Bool = false) -> String {
        switch type {
        case .int: "int"
        case .long: "long"
        case .double: "double"
        case .int128: "int128"
        case .int256: "int256"
        case .string: "string"
        case .bytes: "bytes"
        case .bool: "Bool"
        case .boxed(let name): name.description
        case .bare(let name): name.description
        case .vector(let element, let isBoxed): "\(isBoxed ? "Vector" : "vector")<\(self.type(element))>"
        case .generic(let name): isResult ? name : "!\(name)"
        }
    }
}
