import Foundation
import TLSchema

/// The schema files that tests read.
enum SchemaFiles {
    /// A file of the repository's schema folder.
    static func repository(_ name: String) throws -> SchemaSource {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return try source(at: root.appending(components: "Schema", name))
    }

    /// The folder with schemas of older layers, `api-N.tl`, that the variable `TL_LAYERS_DIR` names.
    static let layersFolder = ProcessInfo.processInfo.environment["TL_LAYERS_DIR"]

    /// The schemas of older layers; none if there is no folder.
    static func layers() throws -> [SchemaSource] {
        guard let folder = layersFolder else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".tl") }
            .sorted()
            .map { try source(at: URL(filePath: folder).appending(component: $0)) }
    }

    private static func source(at url: URL) throws -> SchemaSource {
        SchemaSource(path: url.lastPathComponent, bytes: [UInt8](try Data(contentsOf: url)))
    }
}
