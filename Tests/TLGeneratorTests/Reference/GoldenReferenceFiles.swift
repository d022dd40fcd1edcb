import Foundation
import TLGenerator

/// The reference of the golden schema as it was committed, without the files that are the same for every schema.
enum GoldenReferenceFiles {
    /// Style sheet, script and icon are read where they are written.
    static let fixed: Set<String> = ["site.css", "site.js", "icon.svg"]

    private static let folder: URL = {
        var folder = URL(filePath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        return folder.appending(component: "GoldenReference")
    }()

    /// The text of a committed file; empty if there is none.
    static func committed(_ path: String) -> String {
        let data = try? Data(contentsOf: folder.appending(path: path))
        return String(decoding: data ?? Data(), as: UTF8.self)
    }

    /// The paths of all committed files, sorted.
    static func committedPaths() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
            .filter { !folder.appending(path: $0).hasDirectoryPath && $0.contains(".") }
            .sorted()
    }

    /// Replaces the committed files.
    static func replace(with files: [(path: String, text: String)]) throws {
        try? FileManager.default.removeItem(at: folder)
        for file in files {
            let url = folder.appending(path: file.path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(file.text.utf8).write(to: url)
        }
    }
}
