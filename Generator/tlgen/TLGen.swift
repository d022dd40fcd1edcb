import Foundation

/// The command line tool: `tlgen <command> ...`.
@main
struct TLGen {
    static var commands: [any Command.Type] {
        [
            GenerateCommand.self, ReferenceCommand.self, CheckCommand.self, DiffCommand.self, ChangesCommand.self,
            ImportCommand.self, BumpCommand.self, InspectCommand.self,
        ]
    }

    static func main() {
        exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }

    /// Runs a command and turns what it throws into messages and exit codes.
    static func run(_ arguments: [String]) -> ExitStatus {
        do {
            return try dispatch(arguments)
        } catch let error as UsageError {
            let command = arguments.first.flatMap(command).map { "\($0.name) " } ?? ""
            Console.note("error: \(error.message)\nRun 'tlgen \(command)--help' for help.")
            return .usage
        } catch let error as InputError {
            for message in error.messages { Console.note("error: \(message)") }
            return .problems
        } catch {
            Console.note("error: \(error)")
            return .problems
        }
    }

    private static func dispatch(_ arguments: [String]) throws -> ExitStatus {
        guard let first = arguments.first else {
            Console.note(usage)
            return .usage
        }
        let rest = Array(arguments.dropFirst())
        if ["--help", "-h", "help"].contains(first) {
            guard let topic = rest.first else {
                try Console.print(usage)
                return .success
            }
            guard let command = command(topic) else { throw UsageError("unknown command '\(topic)'") }
            try Console.print(command.help)
            return .success
        }
        guard let command = command(first) else { throw UsageError("unknown command '\(first)'") }
        if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
            try Console.print(command.help)
            return .success
        }
        return try command.run(ArgumentReader(rest, command: command))
    }

    private static func command(_ name: String) -> (any Command.Type)? {
        commands.first { $0.name == name }
    }

    private static var usage: String {
        let list = commands.map { command in
            "  " + command.name.padding(toLength: 10, withPad: " ", startingAt: 0) + command.summary
        }
        return """
            usage: tlgen <command> [options]

            Generates Swift and its reference from a TL schema, and looks after the schema.

            \(list.joined(separator: "\n"))

            Run 'tlgen <command> --help' for the options of a command. A '-' in place of an
            input file is standard input.
            Exit codes: 0 success, 1 problems in the input, 2 wrong usage.
            """
    }
}
