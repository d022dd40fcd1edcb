import Foundation

/// A folder for one test, removed when the test is done with it.
final class Scratch: Sendable {
    let url: URL

    init() {
        url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(component: "tlgen-tests-\(UUID().uuidString)", directoryHint: .isDirectory)
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    /// A folder with these files.
    convenience init(_ files: [String: String]) throws {
        self.init()
        for (path, text) in files { try write(text, to: path) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Something in it.
    func url(of path: String) -> URL { url.appending(path: path) }

    /// Something in it, as the system names it.
    func path(of path: String) -> String { url(of: path).path(percentEncoded: false) }

    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: self.path(of: path)) }

    func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url(of: path))) }

    func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

    /// Writes a file, making the folders it is in.
    func write(_ bytes: [UInt8], to path: String) throws {
        try makeFolder(url(of: path).deletingLastPathComponent())
        try Data(bytes).write(to: url(of: path))
    }

    /// Writes a file, making the folders it is in.
    func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

    /// Makes a folder.
    func makeFolder(_ path: String) throws { try makeFolder(url(of: path)) }

    /// Removes a file or a folder.
    func remove(_ path: String) throws { try FileManager.default.removeItem(at: url(of: path)) }

    /// Every file in it, however deep, hidden ones included, with its bytes; folders end with a slash and have none.
    func everything() throws -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        let root = path(of: "")
        for path in try FileManager.default.subpathsOfDirectory(atPath: root) {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: self.path(of: path), isDirectory: &isFolder)
            found[isFolder.boolValue ? path + "/" : path] = isFolder.boolValue ? [] : try bytes(path)
        }
        return found
    }

    private func makeFolder(_ url: URL) throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
}
