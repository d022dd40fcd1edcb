import Foundation
import TLGenerator
import TLSchema

/// What to generate, and the folder that its paths start at.
struct ConfiguredTarget {
    /// The module that the sources go to, if it is known.
    let name: String?
    let configuration: GeneratorConfiguration
    /// `nil` for paths that are used as they are.
    let folder: String?

    /// Reads all files that the result depends on.
    func inputs() throws -> GeneratorPipeline.Inputs {
        GeneratorPipeline.Inputs(
            schema: try configuration.schema.map { try source($0) },
            errors: try configuration.errors.map { try source($0) },
            methods: try configuration.methods.map { try source($0) },
            types: try configuration.types.map { try source($0) },
            history: try configuration.history.map { try source($0) },
            names: try configuration.names.map { try source($0) }
        )
    }

    /// Reads what the reference shows besides.
    func changes() throws -> SchemaSource? { try configuration.changes.map { try source($0) } }

    private func source(_ path: String) throws -> SchemaSource {
        guard let folder, !path.hasPrefix("/") else { return try Files.source(path) }
        return try Files.source("\(folder)/\(path)")
    }
}

/// The targets of a configuration file.
struct ConfiguredTargets {
    private let file: String
    private let targets: [String: GeneratorConfiguration]

    /// - Throws: ``InputError`` if the file cannot be read or is no configuration.
    init(file: String) throws {
        self.file = file
        do {
            targets = try ConfigurationFile(json: Data(try Files.bytes(file))).targets
        } catch let error as ConfigurationError {
            throw InputError("'\(file)' is no usable configuration: \(error)")
        }
    }

    /// Sorted.
    var names: [String] { targets.keys.sorted() }

    /// One target; its name may be left out if there is only one.
    func target(_ name: String?) throws -> ConfiguredTarget {
        let known = names.map { "'\($0)'" }.joined(separator: ", ")
        guard let name = name ?? (targets.count == 1 ? names.first : nil) else {
            guard !targets.isEmpty else { throw InputError("'\(file)' has no targets, expected at least one") }
            throw UsageError("'\(file)' has several targets, expected one of them in '--target': \(known)")
        }
        guard let configuration = targets[name] else {
            throw InputError("'\(file)' has no target '\(name)', expected one of: \(known)")
        }
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().relativePath
        return ConfiguredTarget(name: name, configuration: configuration, folder: folder)
    }
}
