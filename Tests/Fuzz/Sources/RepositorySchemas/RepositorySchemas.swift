import Foundation
public import TLSchema

/// The files of the schema folder of the repository that this package stands in.
public enum RepositorySchemas {
    /// Loads a schema; ends the process when it cannot be used.
    public static func load(_ name: String) -> Schema {
        guard let schema = Schema.load([SchemaSource(path: name, bytes: bytes(of: name))]).value else {
            stop("'\(name)' has errors, which 'tlgen check' shows")
        }
        return schema
    }

    /// The bytes of a file; ends the process when there is none.
    public static func bytes(of name: String) -> [UInt8] {
        var root = URL(filePath: #filePath)
        for _ in 0..<5 { root.deleteLastPathComponent() }
        guard let data = try? Data(contentsOf: root.appending(components: "Schema", name)) else {
            stop("the schema folder has no file '\(name)' that can be read")
        }
        return [UInt8](data)
    }

    private static func stop(_ message: String) -> Never {
        FileHandle.standardError.write(Data("error: \(message)\n".utf8))
        exit(2)
    }
}
