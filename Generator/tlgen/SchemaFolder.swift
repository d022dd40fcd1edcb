import TLSchema

/// The files of a schema folder, by their fixed names.
struct SchemaFolder {
    let path: String

    /// - Throws: ``InputError`` if there is no such folder.
    init(path: String) throws {
        guard Files.isFolder(path) else {
            throw InputError("there is no folder '\(path)', expected the schema folder or its path in '--schema-dir'")
        }
        self.path = path
    }

    /// The path of a file in it.
    func path(of name: String) -> String { "\(path)/\(name)" }

    /// One file.
    func source(_ name: String) throws -> SchemaSource { try Files.source(path(of: name)) }

    /// Makes sure that files can be read, so that the first one that is missing does not hide the others.
    /// - Throws: ``InputError`` with every one that cannot.
    func expect(_ names: [String]) throws {
        var messages: [String] = []
        for name in names {
            do {
                _ = try source(name)
            } catch let error as InputError {
                messages += error.messages
            }
        }
        if !messages.isEmpty { throw InputError(messages) }
    }
}
