import Telegram

/// What the command line asks for.
enum Arguments {
    case offline
    case telegram(LoginMethod, apiID: Int32, apiHash: String)
    case help

    static let usage = """
        usage: demo                                                   against a server in this process
               demo --phone NUMBER --api-id ID --api-hash HASH        against Telegram, as a user
               demo --bot-token TOKEN --api-id ID --api-hash HASH     against Telegram, as a bot

        Get an id and a hash for your program at https://my.telegram.org. Codes and passwords are asked for.
        """

    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    init(_ arguments: some Sequence<String>) throws {
        var values: [String: String] = [:]
        var iterator = arguments.makeIterator()
        while let option = iterator.next() {
            if ["-h", "--help"].contains(option) {
                self = .help
                return
            }
            guard ["--phone", "--bot-token", "--api-id", "--api-hash"].contains(option) else {
                throw Mistake(description: "'\(option)' is not an option\n\n\(Self.usage)")
            }
            guard let value = iterator.next() else { throw Mistake(description: "'\(option)' needs a value") }
            values[option] = value
        }
        guard !values.isEmpty else {
            self = .offline
            return
        }
        guard let id = values["--api-id"].flatMap(Int32.init), let hash = values["--api-hash"] else {
            throw Mistake(description: "'--api-id' with a number and '--api-hash' are needed, too")
        }
        switch (values["--phone"], values["--bot-token"]) {
        case (let phone?, nil):
            let prompts = ConsolePrompts()
            let login = LoginMethod.user(
                phone: phone,
                code: { try await prompts.code($0) },
                password: { try await prompts.password(hint: $0) }
            )
            self = .telegram(login, apiID: id, apiHash: hash)
        case (nil, let token?): self = .telegram(.bot(token: token), apiID: id, apiHash: hash)
        default: throw Mistake(description: "either '--phone' or '--bot-token' is needed")
        }
    }
}
