import Foundation

/// The configuration of a package, and where it was found.
struct LocatedConfiguration {
    let file: URL
    private let content: ConfigurationFile

    /// Looks in the places where a package may keep its configuration.
    /// - Throws: ``ConfigurationError`` that says what was expected where.
    init(package: URL) throws {
        let places = [ConfigurationFile.path, "tlgen.json"]
        let file = places.map { package.appending(path: $0) }.first {
            FileManager.default.fileExists(atPath: $0.path(percentEncoded: false))
        }
        guard let file else {
            throw ConfigurationError(
                "there is no configuration, expected \(places.joined(separator: " or ")) in "
                    + "'\(package.path(percentEncoded: false))'"
            )
        }
        self.file = file
        do {
            content = try ConfigurationFile(json: try Data(contentsOf: file))
        } catch let error as ConfigurationError {
            throw ConfigurationError("'\(file.path(percentEncoded: false))' is no usable configuration: \(error)")
        }
        guard !content.targets.isEmpty else {
            throw ConfigurationError("'\(file.path(percentEncoded: false))' has no targets, expected at least one")
        }
    }

    /// The names of all configured targets, sorted.
    var targets: [String] { content.targets.keys.sorted() }

    /// What to generate for one target.
    func configuration(of target: String) throws -> GeneratorConfiguration {
        guard let configuration = content.targets[target] else {
            throw ConfigurationError(
                "'\(file.path(percentEncoded: false))' has no target '\(target)', expected one of: "
                    + targets.map { "'\($0)'" }.joined(separator: ", ")
            )
        }
        return configuration
    }

    /// The files that the result for one target depends on, this one included.
    func inputs(of configuration: GeneratorConfiguration) -> [URL] {
        let folder = file.deletingLastPathComponent()
        let named = configuration.inputs.map { $0.hasPrefix("/") ? URL(filePath: $0) : folder.appending(path: $0) }
        return [file] + named
    }

    /// The arguments of `tlgen` that write the files of one target into a folder.
    func arguments(target: String, output: URL) -> [String] {
        [
            "generate", "--config", file.path(percentEncoded: false), "--target", target,
            "--output", output.path(percentEncoded: false),
        ]
    }
}
