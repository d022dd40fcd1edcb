import MTProto
public import Telegram

extension TestServer {
    /// The settings with which a client finds this server: its data centres, its keys, and the clock that the server goes
    /// by. ``TestServer/clock`` is the server's alone: setting it wrong makes the two disagree.
    /// - Throws: `MTProtoError`, if the server was given a key that is none.
    public func clientConfiguration() throws -> ClientConfiguration {
        var configuration = ClientConfiguration()
        // A new client begins at the first one.
        let nearest = dataCenters.filter { $0.id == nearestDataCenterID }
        let others = dataCenters.filter { $0.id != nearestDataCenterID }
        configuration.dataCenters = (nearest + others).map {
            DataCenterAddress(id: $0.id, host: $0.host, port: $0.port)
        }
        configuration.serverKeys = try Set(dataCenters.map(\.publicKeyPEM)).sorted().map {
            try ServerPublicKey(pem: $0)
        }
        configuration.time = self.configuration.time
        return configuration
    }

    /// A client of this server that has not connected yet, with an API id and hash that this server takes.
    /// - Parameters:
    ///   - session: Where the client keeps what it has to remember.
    ///   - configure: Changes the settings of ``clientConfiguration()``.
    public func client(
        session: any SessionStore = MemorySession(),
        configure: (inout ClientConfiguration) -> Void = { _ in }
    ) throws -> TelegramClient {
        var configuration = try clientConfiguration()
        configure(&configuration)
        return try TelegramClient(
            session: session,
            apiID: 12_345,
            apiHash: "0123456789abcdef0123456789abcdef",
            configuration: configuration
        )
    }

    /// A client that has connected and signed in the way real ones do: over a socket, with a key exchange, with a token
    /// or a code.
    ///
    /// ```swift
    /// let bot = try await server.signedInClient(as: .bot("echo_bot"))
    /// let ann = try await server.signedInClient(as: .user("ann"))
    /// ```
    /// Disconnect it in the end.
    /// - Throws: `RPCError`, `MTProtoError` or `SignInError` when signing in fails.
    public func signedInClient(
        as login: TestLogin,
        session: any SessionStore = MemorySession(),
        configure: (inout ClientConfiguration) -> Void = { _ in }
    ) async throws -> TelegramClient {
        let (account, password) = try telegram.account(for: login)
        let client = try client(session: session, configure: configure)
        do {
            try await client.start(method(of: account, password: password))
        } catch {
            await client.disconnect()
            throw error
        }
        return client
    }

    private func method(of account: TestAccount, password: String?) -> LoginMethod {
        if let token = account.token { return .bot(token: token) }
        let world = telegram
        return .user(phone: account.phone ?? "", password: password) { world.code(withHash: $0.codeHash) ?? "" }
    }
}
