import Foundation

/// The files of this repository that tests read.
enum Repository {
    /// Its top folder.
    static let root: URL = {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root
    }()

    /// The path of a file.
    static func path(_ path: String) -> String { root.appending(path: path).path(percentEncoded: false) }

    /// The bytes of a file.
    static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: root.appending(path: path))) }

    /// A copy of the folder `Schema`.
    static func schemaFolder() throws -> Scratch {
        let scratch = Scratch()
        for name in [
            "api.tl", "mtproto.tl", "errors.json", "methods.csv", "types.csv", "history.csv", "changes.csv",
            "names.json",
            "tlgen.json",
        ] {
            try scratch.write(bytes("Schema/\(name)"), to: "Schema/\(name)")
        }
        return scratch
    }
}
