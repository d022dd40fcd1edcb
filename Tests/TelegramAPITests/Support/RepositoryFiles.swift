import Foundation
import TLSchema
import Testing

/// Files of the repository that the generated code is held against.
enum RepositoryFiles {
    /// The schema that the code is generated from, loaded once for all tests; `nil` if it has an error.
    static let api = schema("api.tl")

    /// The bytes of a file, by its path from the root of the repository.
    static func bytes(_ path: String...) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: url(path)))
    }

    /// The files of a folder, sorted by name; none when there is no such folder.
    static func contents(ofFolder path: String...) -> [URL] {
        let files = try? FileManager.default.contentsOfDirectory(at: url(path), includingPropertiesForKeys: nil)
        return (files ?? []).sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    private static func url(_ path: [String]) -> URL {
        var url = URL(filePath: #filePath)
        for _ in 0..<4 { url.deleteLastPathComponent() }
        for component in path { url.append(component: component) }
        return url
    }

    private static func schema(_ name: String) -> Schema? {
        (try? bytes("Schema", name)).flatMap { Schema.load([SchemaSource(path: name, bytes: $0)]).value }
    }
}

/// The schema, or a failure of the test that needs it.
func loadedSchema() throws -> Schema {
    try #require(RepositoryFiles.api, "Schema/api.tl cannot be loaded, 'tlgen check' says why")
}
