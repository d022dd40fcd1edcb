import Foundation

/// What to generate for one target: one entry of `targets` in the configuration file.
///
/// The build plugin compiles this file too, so that plugin and tool agree on inputs and outputs by construction. Paths
/// are relative to the configuration file.
public struct GeneratorConfiguration: Codable, Sendable, Equatable {
    /// Which declarations come out of a run.
    public enum Contents: String, Codable, Sendable, CaseIterable {
        /// Types, functions, errors, registry: what a client needs.
        case sdk
        /// Decoding of functions, as extensions of types that another module has: what a server needs.
        case functionDecoders
    }

    /// Who can see the generated declarations.
    public enum Access: String, Codable, Sendable, CaseIterable {
        /// Everybody who imports the module.
        case `public`
        /// All modules of the same package.
        case package
        /// The module itself.
        case `internal`
    }

    /// Schema files, read as one schema.
    public var schema: [String]
    /// Error definitions; without them no error classes are generated.
    public var errors: String?
    /// The method table: summaries, who may call, possible errors.
    public var methods: String?
    /// Sentences about types, constructors and fields, for documentation.
    public var types: String?
    /// First layer of each name, for documentation.
    public var history: String?
    /// Overrides of names and numbers.
    public var names: String?
    /// The enum that holds everything, `TL` by default.
    public var root: String
    /// Access level of everything, `public` by default.
    public var access: Access
    /// What comes out, `sdk` by default.
    public var contents: Contents
    /// For `functionDecoders`: the module that holds the types. A configuration file must name it, since a target has
    /// one entry there; in code `nil` stands for the module that the decoders go to.
    public var module: String?
    /// Whether the HTML reference comes out, too, in ``referenceFolder`` beside the sources; no by default.
    public var reference: Bool
    /// What has changed between layers, for the reference.
    public var changes: String?
    /// How many files types and functions are spread over, 1 to 64, 8 by default. More files compile better in
    /// parallel.
    public var shards: Int

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case schema, errors, methods, types, history, names, root, access, contents, module, reference, changes
        case shards
    }

    /// Creates a configuration in code.
    public init(
        schema: [String],
        errors: String? = nil,
        methods: String? = nil,
        types: String? = nil,
        history: String? = nil,
        names: String? = nil,
        root: String = "TL",
        access: Access = .public,
        contents: Contents = .sdk,
        module: String? = nil,
        reference: Bool = false,
        changes: String? = nil,
        shards: Int = 8
    ) {
        self.schema = schema
        self.errors = errors
        self.methods = methods
        self.types = types
        self.history = history
        self.names = names
        self.root = root
        self.access = access
        self.contents = contents
        self.module = module
        self.reference = reference
        self.changes = changes
        self.shards = shards
    }

    /// Reads one entry; keys it does not know are errors, since they are most likely typing mistakes.
    public init(from decoder: any Decoder) throws {
        try rejectUnknownKeys(of: decoder, known: CodingKeys.allCases.map(\.stringValue))
        let values = try decoder.container(keyedBy: CodingKeys.self)
        schema = try values.decode([String].self, forKey: .schema)
        errors = try values.decodeIfPresent(String.self, forKey: .errors)
        methods = try values.decodeIfPresent(String.self, forKey: .methods)
        types = try values.decodeIfPresent(String.self, forKey: .types)
        history = try values.decodeIfPresent(String.self, forKey: .history)
        names = try values.decodeIfPresent(String.self, forKey: .names)
        root = try values.decodeIfPresent(String.self, forKey: .root) ?? "TL"
        access = try Self.choice(values, .access) ?? .public
        contents = try Self.choice(values, .contents) ?? .sdk
        module = try values.decodeIfPresent(String.self, forKey: .module)
        reference = try values.decodeIfPresent(Bool.self, forKey: .reference) ?? false
        changes = try values.decodeIfPresent(String.self, forKey: .changes)
        shards = try values.decodeIfPresent(Int.self, forKey: .shards) ?? 8
        if let problem { throw ConfigurationError("\(place(decoder.codingPath)): \(problem)") }
        if contents == .functionDecoders, module == nil {
            throw ConfigurationError(
                "\(place(decoder.codingPath)) lacks the key 'module', "
                    + "which names the module that holds the types when the contents are 'functionDecoders'"
            )
        }
    }

    /// One of a few words.
    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ values: KeyedDecodingContainer<CodingKeys>,
        _ key: CodingKeys
    ) throws -> Choice? {
        guard let text = try values.decodeIfPresent(String.self, forKey: key) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        throw ConfigurationError("\(place(values.codingPath + [key])) is '\(text)', expected one of: \(known)")
    }

    /// What makes this configuration unusable, if anything.
    public var problem: String? {
        if schema.isEmpty { return "'schema' names no file" }
        if !(1...64).contains(shards) { return "'shards' is \(shards), expected 1 to 64" }
        if !isTypeName(root) { return "'root' is '\(root)', expected the name of a Swift type such as 'TL'" }
        if reference, contents != .sdk { return "'reference' is true, which goes with the contents 'sdk' only" }
        if let module, !isIdentifier(module) { return "'module' is '\(module)', expected the name of a Swift module" }
        return nil
    }

    /// Every file that the result depends on.
    public var inputs: [String] { schema + [errors, methods, types, history, names, changes].compactMap { $0 } }

    /// Where the reference goes, if there is one: a folder beside the sources.
    public static let referenceFolder = "Reference"

    /// The names of the sources that come out: a fixed list, whatever the schema contains, so that a build system can
    /// know it in advance. A file with nothing in it is written all the same.
    ///
    /// The pages of the reference are not among them: a build has no use for them, and would copy them as resources.
    public var outputs: [String] {
        let numbers = (0..<shards).map { $0 < 10 ? "0\($0)" : "\($0)" }
        switch contents {
        case .sdk:
            return ["", "+Errors", "+FieldTable", "+PeerCarriers"].map { "\(root)\($0).swift" }
                + numbers.map { "\(root)+Types-\($0).swift" } + numbers.map { "\(root)+Functions-\($0).swift" }
        case .functionDecoders:
            return ["\(root)+FunctionRegistry.swift"] + numbers.map { "\(root)+FunctionDecoders-\($0).swift" }
        }
    }

    /// Fields and cases start with small letters; the capital keeps the root apart from them.
    private func isTypeName(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        return first >= 0x41 && first <= 0x5A && isIdentifier(text)
    }

    private func isIdentifier(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
        let isWord = text.utf8.allSatisfy {
            ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x41 && $0 <= 0x5A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x5F
        }
        return isWord && !(first >= 0x30 && first <= 0x39)
    }
}
