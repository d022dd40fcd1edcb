import Foundation

/// New content for several files of one folder, put in place all together or not at all.
///
/// Everything that can fail for a reason, such as a full disk, happens in a folder of its own: copies of the old files
/// go to `old` in it, the new files to `new`. Only then the new ones are moved, which the system does at once for each.
/// If a move fails, those before it are undone. If the process ends between two moves, the folder stays behind and
/// tells of it.
struct FileReplacement {
    /// The name of the folder that exists while files are replaced.
    static let workFolderName = ".tlgen-bump"

    /// Where the files are.
    let folder: String
    /// Moves a file over another one and returns 0, or sets `errno`; tests put one here that fails.
    var moveFile: (_ from: String, _ to: String) -> Int32 = { rename($0, $1) }

    private var workFolder: String { "\(folder)/\(Self.workFolderName)" }

    /// What to tell whoever finds that an earlier replacement was interrupted; `nil` if none was.
    var interruption: String? {
        guard Files.isFolder(workFolder) else { return nil }
        return "'\(workFolder)' is left of a bump that was interrupted, expected 'tlgen bump' to be run again with the "
            + "same schema, or the files in its folder 'old' to be moved back to '\(folder)' and the rest to be removed"
    }

    /// Replaces files that exist.
    /// - Parameter files: Names and new contents, in the order of the moves. Those that are the same already are left
    ///   alone.
    /// - Returns: The names of the files that were replaced.
    /// - Throws: ``InputError``; then all files are as they were, unless its message says that they could not be
    ///   restored.
    func replace(_ files: [(name: String, bytes: [UInt8])]) throws -> [String] {
        let changed = try files.filter { try Files.bytes("\(folder)/\($0.name)") != $0.bytes }
        try removeWorkFolder()
        guard !changed.isEmpty else { return [] }
        do {
            try stage(changed)
        } catch {
            try? removeWorkFolder()
            let reason = Files.reason(error)
            throw InputError("cannot prepare the new files in '\(workFolder)': \(reason); nothing was changed")
        }
        try move(changed.map(\.name))
        // What is wanted is done; a folder that stays is reported by the next check.
        try? removeWorkFolder()
        return changed.map(\.name)
    }

    private func removeWorkFolder() throws {
        guard Files.isFolder(workFolder) else { return }
        do {
            try FileManager.default.removeItem(atPath: workFolder)
        } catch {
            throw InputError("cannot remove '\(workFolder)': \(Files.reason(error))")
        }
    }

    private func stage(_ files: [(name: String, bytes: [UInt8])]) throws {
        let manager = FileManager.default
        for part in ["old", "new"] {
            try manager.createDirectory(atPath: "\(workFolder)/\(part)", withIntermediateDirectories: true)
        }
        for file in files {
            let target = target(of: file.name)
            try manager.copyItem(atPath: target, toPath: "\(workFolder)/old/\(file.name)")
            try Data(file.bytes).write(to: URL(fileURLWithPath: "\(workFolder)/new/\(file.name)"))
            let permissions = try manager.attributesOfItem(atPath: target)[.posixPermissions]
            try manager.setAttributes(
                [.posixPermissions: permissions ?? 0o644],
                ofItemAtPath: "\(workFolder)/new/\(file.name)"
            )
        }
    }

    private func move(_ names: [String]) throws {
        for (index, name) in names.enumerated() where moveFile("\(workFolder)/new/\(name)", target(of: name)) != 0 {
            let reason = Files.reason(errno: errno)
            let restored = names[..<index].allSatisfy { moveFile("\(workFolder)/old/\($0)", target(of: $0)) == 0 }
            guard restored else {
                throw InputError(
                    "cannot replace '\(folder)/\(name)': \(reason); files before it could not be restored, their old content "
                        + "is in '\(workFolder)/old'"
                )
            }
            try? removeWorkFolder()
            throw InputError("cannot replace '\(folder)/\(name)': \(reason); nothing was changed")
        }
    }

    /// Where a file really is, so that a link stays a link.
    private func target(of name: String) -> String {
        URL(fileURLWithPath: "\(folder)/\(name)").resolvingSymlinksInPath().path
    }
}
