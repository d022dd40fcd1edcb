import Foundation
import Testing

/// What all commands have in common: help, options, exit codes, streams.
@Suite struct CommandLineTests {
    private static let commands = ["generate", "reference", "check", "diff", "changes", "import", "bump", "inspect"]

    @Test(arguments: ["--help", "-h", "help"]) func helpListsEveryCommand(argument: String) async throws {
        let outcome = try await Tool.run(argument, in: Scratch())
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        for command in Self.commands { #expect(outcome.output.contains("\n  \(command) ")) }
    }

    @Test(arguments: commands) func everyCommandHasHelpInEveryForm(command: String) async throws {
        let outcome = try await Tool.run(command, "--help", in: Scratch())
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output.hasPrefix("usage: tlgen \(command) "))
        #expect(try await Tool.run(command, "-h", in: Scratch()) == outcome)
        #expect(try await Tool.run("help", command, in: Scratch()) == outcome)
        // Also when the rest of the command line is wrong, since that is when help is needed.
        #expect(try await Tool.run(command, "--nonsense", "--help", in: Scratch()) == outcome)
    }

    @Test func helpFitsATerminal() async throws {
        for command in Self.commands {
            let help = try await Tool.run(command, "--help", in: Scratch()).output
            #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 })
        }
    }

    @Test func withoutCommandTheUsageIsAnError() async throws {
        let outcome = try await Tool.run([], in: Scratch())
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("usage: tlgen <command>"))
    }

    @Test(arguments: [["generat"], ["help", "generat"], ["--version"], [""]])
    func unknownCommandIsNamed(arguments: [String]) async throws {
        let outcome = try await Tool.run(arguments, in: Scratch())
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(
            outcome.errorLines == [
                "error: unknown command '\(arguments.last ?? "")'", "Run 'tlgen --help' for help.",
            ]
        )
    }

    @Test(arguments: [
        (["check", "--nonsense"], "unknown option '--nonsense'"),
        (["check", "-x"], "unknown option '-x'"),
        (["check", "--nonsense=1"], "unknown option '--nonsense'"),
        (["check", "--allow-undescribed=yes"], "option '--allow-undescribed' takes no value"),
        (["check", "--schema-dir"], "option '--schema-dir' needs a value"),
        (["check", "--schema-dir="], "option '--schema-dir' needs a value"),
        (["check", "--schema-dir", ""], "option '--schema-dir' needs a value"),
        (["check", "--schema-dir", "--allow-undescribed"], "option '--schema-dir' needs a value"),
        (["check", "--schema-dir", "a", "--schema-dir=b"], "option '--schema-dir' has 2 values, expected one"),
        (["check", "x"], "unexpected argument 'x'"),
        (["generate"], "option '--output' is missing"),
        (["generate", "--output", "o"], "option '--schema' or '--config' is missing"),
        (["generate", "--output", "o", "--schema"], "option '--schema' needs a value"),
        (
            ["generate", "--output", "o", "--schema", "s", "--access", "open"],
            "'--access' is 'open', expected public, package or internal"
        ),
        (
            ["generate", "--output", "o", "--schema", "s", "--root", "4x"],
            "'root' is '4x', expected the name of a Swift type such as 'TL'"
        ),
        (["generate", "--output", "o", "--schema", "s", "--target", "t"], "option '--target' goes with '--config'"),
        (
            ["generate", "--output", "o", "--config", "c", "--root", "X"],
            "option '--root' does not go with '--config', which says all of it"
        ),
        (["diff"], "OLD.tl is missing"),
        (["diff", "a"], "NEW.tl is missing"),
        (["diff", "a", "b", "c"], "unexpected argument 'c'"),
        (["diff", "a", ""], "NEW.tl is empty"),
        (["diff", "a", "b", "--format", "xml"], "'--format' is 'xml', expected text, markdown or json"),
        (["diff", "-", "-"], "standard input ('-') stands for several inputs, expected at most one"),
        (["import", "a", "--output", "-", "--layer", "-3"], "'--layer' is '-3', expected a positive number"),
        (["import", "a", "--output", "-", "--layer=x"], "'--layer' is 'x', expected a positive number"),
        (
            ["import", "-", "--output", "-", "--names", "-"],
            "standard input ('-') stands for several inputs, expected at most one"
        ),
        (["import", "a"], "option '--output' is missing"),
        (["import", "--output", "-"], "RAW.tl is missing"),
        (["bump"], "NEW.tl is missing"),
        (["bump", "a", "--layer", "0"], "'--layer' is '0', expected a positive number"),
        (["bump", "--", "--help", "x"], "unexpected argument 'x'"),
        (["inspect"], "HEX is missing"),
    ])
    func wrongUsageIsExplained(arguments: [String], message: String) async throws {
        let folder = Scratch()
        let outcome = try await Tool.run(arguments, in: folder)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorLines == ["error: \(message)", "Run 'tlgen \(arguments[0]) --help' for help."])
        #expect(try folder.everything().isEmpty)
    }

    @Test func bothSpellingsOfOptionsAreTheSame() async throws {
        let folder = try Market.folder()
        let first = try await Tool.run("import", "new.tl", "--output", "-", "--layer", "8", in: folder)
        #expect(first.status == 0)
        #expect(try await Tool.run("import", "--layer=8", "--output=-", "--", "new.tl", in: folder) == first)
    }

    @Test(arguments: [
        ["check"], ["generate", "--schema", "no.tl", "--output", "o"], ["diff", "no.tl", "no.tl"],
        ["import", "no.tl", "--output", "o"], ["bump", "no.tl"], ["inspect", "00000000"],
        ["inspect", "00000000", "--schema", "no.tl"], ["generate", "--config", "no.json", "--output", "o"],
    ])
    func missingFilesAreNamed(arguments: [String]) async throws {
        let folder = Scratch()
        let outcome = try await Tool.run(arguments, in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorLines.count == 1)
        let needsFolder = ["check", "bump"].contains(arguments[0])
        #expect(outcome.errors.contains(needsFolder ? "there is no folder 'Schema'" : "no such file or directory"))
        #expect(try folder.everything().isEmpty)
    }

    @Test func foldersInPlaceOfFilesAreNamed() async throws {
        let folder = try Market.folder()
        let before = try folder.everything()
        for arguments in [
            ["generate", "--schema", "Schema", "--output", "o"], ["diff", "new.tl", "Schema"],
            ["import", "Schema", "--output", "o"], ["bump", "Schema"], ["inspect", "00000000", "--schema", "Schema"],
            ["generate", "--config", "Schema", "--output", "o"],
        ] {
            let outcome = try await Tool.run(arguments, in: folder)
            #expect(outcome == .init(status: 1, output: "", errors: "error: cannot read 'Schema': is a directory\n"))
        }
        #expect(try folder.everything() == before)
    }

    @Test(.enabled(if: geteuid() != 0, "root may read everything")) func unreadableFilesAreNamed() async throws {
        let folder = try Market.folder()
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: folder.path(of: "new.tl"))
        let outcome = try await Tool.run("import", "new.tl", "--output", "-", in: folder)
        #expect(outcome == .init(status: 1, output: "", errors: "error: cannot read 'new.tl': permission denied\n"))
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "the system has no full device"))
    func resultsThatCannotBeWrittenAreFailures() async throws {
        let full = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
        let outcome = try await Tool.run(["--help"], in: Scratch(), output: full)
        #expect(outcome.status == 1)
        #expect(outcome.errors == "error: cannot write to standard output: no space left on device\n")
    }
}
