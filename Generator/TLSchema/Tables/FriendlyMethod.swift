/// A method of the friendly client, as the method table names it.
public struct FriendlyMethod: Sendable, Hashable {
    /// `sendMessage` for a method of the client itself, `Message.click` for one of another type.
    public let name: String
    /// Whether it is still to be written: `~sendMessage` in the table.
    public let isPlanned: Bool

    /// Creates a name.
    public init(name: String, isPlanned: Bool = false) {
        self.name = name
        self.isPlanned = isPlanned
    }

    /// As the table spells it; `nil` if that is no Swift name.
    public init?(tableText text: String) {
        let isPlanned = text.utf8.first == UInt8(ascii: "~")
        let name = isPlanned ? text.dropFirst() : text[...]
        let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, let member = parts.last, isLowerCamelCase(Substring(member)) else { return nil }
        if parts.count == 2, !isUpperCamelCase(Substring(parts[0])) { return nil }
        self.init(name: String(name), isPlanned: isPlanned)
    }

    /// As the table spells it.
    public var tableText: String { (isPlanned ? "~" : "") + name }

    /// As one calls it: `client.sendMessage`, `Message.click`.
    public var path: String { name.utf8.contains(UInt8(ascii: ".")) ? name : "client.\(name)" }
}
