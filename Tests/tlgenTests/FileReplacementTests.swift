import Foundation
import Testing

@testable import tlgen

@Suite struct FileReplacementTests {
    private func replacement(in folder: Scratch) -> FileReplacement {
        FileReplacement(folder: folder.path(of: "data"))
    }

    @Test func everyFileIsReplacedAndNothingElseIsLeft() throws {
        let folder = try Scratch(["data/a": "old a", "data/b": "old b", "data/c": "c"])
        let replacement = replacement(in: folder)
        let names = try replacement.replace([
            ("a", Array("new a".utf8)), ("c", Array("c".utf8)), ("b", Array("new b".utf8)),
        ])
        #expect(names == ["a", "b"])
        #expect(
            try folder.everything() == [
                "data/": [], "data/a": Array("new a".utf8), "data/b": Array("new b".utf8), "data/c": Array("c".utf8),
            ]
        )
        #expect(replacement.interruption == nil)
    }

    @Test(arguments: 1...3) func failureOfAMoveRestoresEveryFile(failing: Int) throws {
        let folder = try Scratch(["data/a": "old a", "data/b": "old b", "data/c": "old c"])
        let before = try folder.everything()
        var replacement = replacement(in: folder)
        var moves = 0
        replacement.moveFile = { from, to in
            moves += 1
            guard moves == failing else { return rename(from, to) }
            errno = EACCES
            return -1
        }
        let error = #expect(throws: InputError.self) {
            try replacement.replace(["a", "b", "c"].map { ($0, Array("new \($0)".utf8)) })
        }
        let name = ["a", "b", "c"][failing - 1]
        #expect(
            error?.messages == [
                "cannot replace '\(replacement.folder)/\(name)': permission denied; nothing was changed"
            ]
        )
        // Those before the failing one were moved twice: there and back.
        #expect(moves == failing + failing - 1)
        #expect(try folder.everything() == before)
    }

    @Test func failureToRestoreKeepsTheOldFilesAndSaysWhere() throws {
        let folder = try Scratch(["data/a": "old a", "data/b": "old b"])
        var replacement = replacement(in: folder)
        var moves = 0
        replacement.moveFile = { from, to in
            moves += 1
            guard moves > 1 else { return rename(from, to) }
            errno = EIO
            return -1
        }
        let error = #expect(throws: InputError.self) {
            try replacement.replace(["a", "b"].map { ($0, Array("new \($0)".utf8)) })
        }
        #expect(
            error?.messages.first?.hasSuffix("their old content is in '\(replacement.folder)/.tlgen-bump/old'") == true
        )
        #expect(try folder.text("data/.tlgen-bump/old/a") == "old a")
        #expect(try folder.text("data/b") == "old b")
        #expect(replacement.interruption != nil)
    }

    @Test func permissionsAndLinksStay() throws {
        let folder = try Scratch(["data/a": "old", "elsewhere/b": "old"])
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path(of: "data/a"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path(of: "data/b"),
            withDestinationPath: "../elsewhere/b"
        )
        let new = Array("new".utf8)
        #expect(try replacement(in: folder).replace([("a", new), ("b", new)]) == ["a", "b"])
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(of: "data/a"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try folder.text("elsewhere/b") == "new")
        let link = try FileManager.default.destinationOfSymbolicLink(atPath: folder.path(of: "data/b"))
        #expect(link == "../elsewhere/b")
    }

    @Test func remainsOfAnInterruptedRunAreReportedUntilTheNextOne() throws {
        let folder = try Scratch(["data/a": "old", "data/.tlgen-bump/new/a": "half"])
        let replacement = replacement(in: folder)
        #expect(replacement.interruption?.contains("interrupted") == true)
        // Also when everything is as it should be already.
        #expect(try replacement.replace([("a", Array("old".utf8))]).isEmpty)
        #expect(replacement.interruption == nil)
        #expect(!folder.exists("data/.tlgen-bump"))
    }

    @Test func missingFileIsAnErrorThatChangesNothing() throws {
        let folder = try Scratch(["data/a": "old"])
        let before = try folder.everything()
        let files = [("a", Array("new".utf8)), ("b", Array("new".utf8))]
        #expect(throws: InputError.self) { try replacement(in: folder).replace(files) }
        #expect(try folder.everything() == before)
    }
}
