/// Decisions about names that no rule gives, from `names.json`. Each carries its reason.
public struct NameOverrides: Sendable, Hashable {
    /// A constructor or function whose number is, rightly, not the CRC32 of its line.
    public struct KnownNumber: Sendable, Hashable {
        /// As the schema spells it.
        public let name: QualifiedName
        /// Why the number is right.
        public let reason: String
        /// Where the entry stands.
        public let location: SourceLocation
    }

    /// A Swift name chosen by hand.
    public struct SwiftName: Sendable, Hashable {
        /// What gets the name, in the spelling of the schema or of the error table.
        public let subject: String
        /// The name to generate.
        public let name: String
        /// Why the rule's name would not do.
        public let reason: String
        /// Where the entry stands.
        public let location: SourceLocation
    }

    private static let sections = ["numbers", "errors", "types", "fields"]

    /// Numbers that are known not to be a CRC32, in the order of the file.
    public private(set) var numbers: [KnownNumber] = []
    /// Names of error classes, by the error's name: `Timedout`.
    public private(set) var errors: [SwiftName] = []
    /// Names of types, constructors and functions, by the schema's name: `messages.Messages`.
    public private(set) var types: [SwiftName] = []
    /// Names of properties, by `constructor.field`, or by the field's name alone for all fields of that name.
    public private(set) var fields: [SwiftName] = []

    /// No overrides at all.
    public init() {}

    /// The names to pass when a schema is loaded.
    public var schemaOptions: SchemaOptions { SchemaOptions(knownNumbers: Set(numbers.map(\.name))) }

    /// Reads the file: an object with the sections `numbers` (name to reason), `errors`, `types` and `fields` (name to
    /// an object with `name` and `reason`). A section that is absent is empty, one that is unknown is an error.
    public static func read(_ source: SchemaSource) -> Checked<NameOverrides> {
        var findings = Findings()
        var overrides = NameOverrides()
        let document = JSONReader.read(source, findings: &findings)
        for section in document?.members(of: "the file of names", findings: &findings) ?? [] {
            guard sections.contains(section.key) else {
                findings.error(
                    "the section \(quoted(section.key)) is unknown, "
                        + "expected one of \(sections.joined(separator: ", "))",
                    at: section.keyLocation
                )
                continue
            }
            let members = section.value.members(of: "the section '\(section.key)'", findings: &findings) ?? []
            switch section.key {
            case "numbers": overrides.numbers = members.compactMap { KnownNumber($0, findings: &findings) }
            case "errors": overrides.errors = members.compactMap { SwiftName($0, findings: &findings) }
            case "types": overrides.types = members.compactMap { SwiftName($0, findings: &findings) }
            default: overrides.fields = members.compactMap { SwiftName($0, findings: &findings) }
            }
        }
        return Checked(overrides, diagnostics: findings.finish(order: [source.path]))
    }
}

extension NameOverrides.KnownNumber {
    fileprivate init?(_ member: JSONMember, findings: inout Findings) {
        guard let reason = member.value.reason(for: member.key, findings: &findings) else { return nil }
        self.init(name: QualifiedName(member.key), reason: reason, location: member.keyLocation)
    }
}

extension NameOverrides.SwiftName {
    fileprivate init?(_ member: JSONMember, findings: inout Findings) {
        let subject = "the override of \(quoted(member.key))"
        guard let fields = member.value.members(of: subject, findings: &findings) else { return nil }
        var name: String?
        var reason: String?
        for field in fields {
            switch field.key {
            case "name":
                name = field.value.text(of: "the name in \(subject)", findings: &findings)
                if let name, !isIdentifier(name) {
                    findings.error(
                        "\(quoted(name)) is not a Swift name, expected letters and digits",
                        at: field.value.location
                    )
                }
            case "reason": reason = field.value.reason(for: member.key, findings: &findings)
            default:
                findings.error(
                    "the key \(quoted(field.key)) of \(subject) is unknown, expected 'name' or 'reason'",
                    at: field.keyLocation
                )
            }
        }
        for key in ["name", "reason"] where !fields.contains(where: { $0.key == key }) {
            findings.error("\(subject) lacks its '\(key)'", at: member.keyLocation)
        }
        guard let name, let reason else { return nil }
        self.init(subject: member.key, name: name, reason: reason, location: member.keyLocation)
    }
}

extension JSONValue {
    fileprivate func reason(for name: String, findings: inout Findings) -> String? {
        guard let reason = text(of: "the reason for \(quoted(name))", findings: &findings) else { return nil }
        guard reason.isEmpty else { return reason }
        findings.error("the reason for \(quoted(name)) is empty, expected why the rule does not fit", at: location)
        return nil
    }
}
