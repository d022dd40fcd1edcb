/// A name as the schema spells it, with its namespace if it has one: `messages.sendMessage`, `inputPeerSelf`.
public struct QualifiedName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// What stands before the dot; `nil` in the root namespace.
    public let namespace: String?
    /// What stands after the dot.
    public let name: String

    /// Creates a name from its parts.
    public init(namespace: String?, name: String) {
        self.namespace = namespace
        self.name = name
    }

    /// Splits at the last dot.
    public init(_ text: String) {
        guard let dot = text.lastIndex(of: ".") else {
            self.init(namespace: nil, name: text)
            return
        }
        self.init(namespace: String(text[..<dot]), name: String(text[text.index(after: dot)...]))
    }

    /// The spelling of the schema.
    public var description: String {
        guard let namespace else { return name }
        return "\(namespace).\(name)"
    }

    /// Root namespace first, then by namespace, then by name; always by bytes, so that the order is the same
    /// everywhere.
    public static func < (left: QualifiedName, right: QualifiedName) -> Bool {
        if left.namespace != right.namespace {
            return (left.namespace ?? "").utf8.lexicographicallyPrecedes((right.namespace ?? "").utf8)
        }
        return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
}
