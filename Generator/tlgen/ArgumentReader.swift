/// The arguments of one command, sorted into options, switches and the rest.
struct ArgumentReader {
    private(set) var positional: [String] = []
    private var values: [String: [String]] = [:]
    private var switches: Set<String> = []

    /// Sorts the arguments. Options may be written `--name value` or `--name=value`; what follows `--` is no option.
    /// - Throws: ``UsageError`` for options the command does not have, for missing values, and if several inputs are to
    ///   come from standard input, which can be read only once.
    init(_ arguments: [String], command: any Command.Type) throws {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument != "--" else {
                positional += rest
                break
            }
            guard argument.hasPrefix("-"), argument != "-" else {
                positional.append(argument)
                continue
            }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let name = parts[0]
            if command.switches.contains(name) {
                guard parts.count == 1 else { throw UsageError("option '\(name)' takes no value") }
                switches.insert(name)
            } else if command.valueOptions.contains(name) {
                let takesSeveral = command.listOptions.contains(name)
                let found = parts.count == 2 ? [parts[1]] : Self.values(from: &rest, several: takesSeveral)
                guard !found.isEmpty, !found.contains("") else { throw UsageError("option '\(name)' needs a value") }
                values[name, default: []] += found
            } else {
                throw UsageError("unknown option '\(name)'")
            }
        }
        let inputs = positional + values.filter { $0.key != "--output" }.flatMap(\.value)
        guard inputs.count(where: { $0 == "-" }) <= 1 else {
            throw UsageError("standard input ('-') stands for several inputs, expected at most one")
        }
    }

    /// Takes the values behind the name of an option: one, or all up to the next option.
    private static func values(from rest: inout ArraySlice<String>, several: Bool) -> [String] {
        var found: [String] = []
        while let next = rest.first, !next.hasPrefix("--"), several || found.isEmpty {
            found.append(next)
            rest.removeFirst()
        }
        return found
    }

    /// Whether a switch was given.
    func has(_ name: String) -> Bool { switches.contains(name) }

    /// All values of an option.
    func list(_ name: String) -> [String] { values[name] ?? [] }

    /// The only value of an option.
    func value(_ name: String) throws -> String? {
        guard let all = values[name] else { return nil }
        guard all.count == 1 else { throw UsageError("option '\(name)' has \(all.count) values, expected one") }
        return all[0]
    }

    /// The only value of an option that must be there.
    func required(_ name: String) throws -> String {
        guard let value = try value(name) else { throw UsageError("option '\(name)' is missing") }
        return value
    }

    /// The value of `--layer`.
    func layer() throws -> Int? {
        guard let text = try value("--layer") else { return nil }
        guard let layer = Int(text), layer > 0 else {
            throw UsageError("'--layer' is '\(text)', expected a positive number")
        }
        return layer
    }

    /// The arguments that belong to no option: exactly as many as there are names for them.
    func positional(_ names: [String]) throws -> [String] {
        if positional.count > names.count { throw UsageError("unexpected argument '\(positional[names.count])'") }
        if positional.count < names.count { throw UsageError("\(names[positional.count]) is missing") }
        if let index = positional.firstIndex(of: "") { throw UsageError("\(names[index]) is empty") }
        return positional
    }
}
