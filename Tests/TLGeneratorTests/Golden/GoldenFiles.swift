import Foundation
import TLSchema

/// The committed schema, and the sources that were generated from it.
enum GoldenFiles {
    private static let tests: URL = {
        var folder = URL(filePath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        return folder
    }()

    /// Where the generated sources are, which a target of their own compiles.
    static let generated = tests.appending(components: "GoldenSources", "Generated")

    /// A file of the schema folder.
    static func source(_ name: String) throws -> SchemaSource {
        let url = tests.appending(components: "TLGeneratorTests", "Golden", "Schema", name)
        return SchemaSource(path: name, bytes: [UInt8](try Data(contentsOf: url)))
    }

    /// The text of a generated file as it was committed; empty if there is none.
    static func committed(_ name: String) -> String {
        let data = try? Data(contentsOf: generated.appending(component: name))
        return String(decoding: data ?? Data(), as: UTF8.self)
    }

    /// The names of all committed files, sorted.
    static func committedNames() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: generated.path(percentEncoded: false)).sorted()
    }

    /// Whether the files are to be rewritten instead of compared.
    static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

    /// Replaces the committed files.
    static func replace(with files: [(name: String, text: String)]) throws {
        try FileManager.default.createDirectory(at: generated, withIntermediateDirectories: true)
        for name in try committedNames() {
            try FileManager.default.removeItem(at: generated.appending(component: name))
        }
        for file in files {
            try Data(file.text.utf8).write(to: generated.appending(component: file.name), options: .atomic)
        }
    }
}
