/// One bit of a flags word: the condition of an optional field.
public struct FlagBit: Sendable, Hashable {
    /// Name of the field that holds the word, `flags` or `flags2`.
    public let word: String
    /// 0 to 31.
    public let bit: Int

    /// Creates a reference to a bit.
    public init(word: String, bit: Int) {
        self.word = word
        self.bit = bit
    }
}

/// One field of a constructor or function, in the order of the wire.
public struct Field: Sendable, Hashable {
    /// What a field puts on the wire.
    public enum Content: Sendable, Hashable {
        /// `name:#`: a 32-bit word whose bits say which optional fields follow.
        case flags
        /// `name:flags.N?true`: nothing but the bit itself.
        case presence(FlagBit)
        /// A value; with `when`, only if that bit is set.
        case value(TypeReference, when: FlagBit?)
    }

    /// As the schema spells it, `snake_case`.
    public let name: String
    /// What it holds.
    public let content: Content
    /// Where it is written.
    public let location: SourceLocation

    /// Creates a field.
    public init(name: String, content: Content, location: SourceLocation) {
        self.name = name
        self.content = content
        self.location = location
    }

    /// The bit this field depends on, if it is optional.
    public var flagBit: FlagBit? {
        switch content {
        case .flags: nil
        case .presence(let bit): bit
        case .value(_, let bit): bit
        }
    }

    /// The type of the value, if the field carries one.
    public var type: TypeReference? {
        if case .value(let type, _) = content { type } else { nil }
    }
}
