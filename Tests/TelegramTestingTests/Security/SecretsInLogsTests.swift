import MTProtoCrypto
import TLRuntime
import TelegramAPI
import TelegramTesting
import Testing

@testable import MTProto

/// Everything is logged and dumped while everything happens, and nothing of it tells a secret.
@Suite(.timeLimit(.minutes(10))) struct SecretsInLogsTests {
    /// How the client gets to the server.
    enum Route: String, CaseIterable {
        case direct, obfuscated, http, socks5, httpConnect, plainSecret, paddedSecret, fakeTLS
    }

    private static let proxyUser = "qxzv-48151-jkw"
    private static let proxyPassword = "wvkq-62342-zxj"
    private static let secret = "8f4e2d1c0b9a7856e3f2a1b0c9d8e7f6"
    private static let domain = "vxqj-31337-kwz.example"
    /// What a user says, and what a server says to a user.
    private static let contents = [
        "kwyj-draft-90210", "+9996621234567", "zqhw-hash-77331", "55821-jxcq", "vwzk-country-3141", "qpkz-update-2718",
    ]

    @Test(arguments: Route.allCases, [false, true])
    func nothingThatIsSecretIsLogged(route: Route, forwardSecrecy: Bool) async throws {
        let logs = LogCollector()
        let random = RecordingRandom()
        try await withTestServer { server in
            let proxy = try await startProxy(for: route)
            let configuration = try configuration(route, proxy: proxy, server) { configuration in
                configuration.forwardSecrecy = forwardSecrecy
                configuration.logHandler = logs
                configuration.random = random
                configuration.packetDump = { logs.add($0.description) }
            }
            prepare(server)
            let sender = Sender(configuration: configuration)
            var secrets = try await live(with: sender, server)
            secrets += random.secretsOfKeyExchange.filter { $0.count >= 8 }
            await sender.disconnect()
            await proxy?.stop()

            let search = SecretSearch(logs.text)
            #expect(search.finds("req_pq_multi") && search.finds("connecting to") && search.finds("ping(ping_id"))
            #expect(Set(secrets).count > 12, "the keys, salts and nonces were not found out")
            for secret in Set(secrets) {
                let form = search.form(of: secret)
                #expect(form == nil, "\(secret.count) secret bytes are in the log as \(form ?? "")")
            }
            expectNoContents(in: search)
        }
    }

    /// Calls, a refusal, updates, bad packets, other salts, a new connection, a cancelled call.
    /// - Returns: keys and salts that were used.
    private func live(with sender: Sender, _ server: TestServer) async throws -> [[UInt8]] {
        try await sender.connect()
        var secrets: [[UInt8]] = []
        for _ in 0..<2 {
            let draft = TL.messages.SaveDraft(peer: .inputPeerSelf, message: Self.contents[0])
            #expect(try await sender.call(draft))
            let login = TL.auth.SignIn(
                phoneNumber: Self.contents[1],
                phoneCodeHash: Self.contents[2],
                phoneCode: Self.contents[3]
            )
            await #expect(throws: RPCError.self) { try await sender.call(login) }
            _ = try await sender.call(TL.help.GetNearestDc())
            let session = try #require(server.sessions.first { $0.receivesUpdates })
            server.misbehave(.wrongMessageKey)
            server.misbehave(.wrongSession)
            try session.push(notification(Self.contents[5]))
            _ = try await sender.ping()
            secrets += await keysAndSalts(of: sender)
            await server.changeSalts()
            _ = try await sender.ping()
            secrets += await keysAndSalts(of: sender)
            let cancelled = Task { try await sender.call(draft) }
            cancelled.cancel()
            _ = await cancelled.result
            await server.closeConnections(breakingOff: true)
        }
        #expect(try await sender.call(TL.help.GetNearestDc()).country == Self.contents[4])
        return secrets
    }

    private func keysAndSalts(of sender: Sender) async -> [[UInt8]] {
        let keys = [await sender.authKey?.bytes, await sender.sessionKey?.bytes].compactMap { $0 }
        return keys + (await sender.session?.salts ?? []).map(\.value.littleEndianBytes)
    }

    private func prepare(_ server: TestServer) {
        server.answer(TL.messages.SaveDraft.self) { _, _ in true }
        server.answer(TL.auth.SignIn.self) { _, _ in throw RPCError(code: 400, name: "PHONE_CODE_INVALID") }
        server.answer(TL.help.GetNearestDc.self) { _, _ in
            TL.NearestDc(country: Self.contents[4], thisDC: 2, nearestDC: 2)
        }
    }

    private func notification(_ text: String) -> TL.Updates {
        .updateShort(
            update: .updateServiceNotification(type: "", message: text, media: .messageMediaEmpty, entities: []),
            date: 1
        )
    }

    private func expectNoContents(in search: SecretSearch) {
        let words = Self.contents + [Self.proxyUser, Self.proxyPassword, Self.secret, Self.domain]
        for word in words {
            #expect(!search.finds(word), "'\(word)' is in the log")
            #expect(search.form(of: Array(word.utf8)) == nil, "'\(word)' is in the log as bytes")
        }
    }

    // MARK: - Routes

    private func startProxy(for route: Route) async throws -> TestProxy? {
        switch route {
        case .socks5: try await .start(.socks5(username: Self.proxyUser, password: Self.proxyPassword))
        case .httpConnect: try await .start(.httpConnect(username: Self.proxyUser, password: Self.proxyPassword))
        default: nil
        }
    }

    private func configuration(
        _ route: Route,
        proxy: TestProxy?,
        _ server: TestServer,
        _ change: (inout SenderConfiguration) -> Void
    ) throws -> SenderConfiguration {
        let transport: TransportKind =
            switch route {
            case .direct, .socks5, .httpConnect: .full
            case .http: .http
            default: .obfuscatedPaddedIntermediate
            }
        var configuration = try server.senderConfiguration(transport: transport)
        configuration.proxy = proxy?.configuration
        if let prefix = [Route.plainSecret: "", .paddedSecret: "dd", .fakeTLS: "ee"][route] {
            let domain = Self.domain.utf8.map { String($0, radix: 16) }.joined()
            let text = prefix + Self.secret + (route == .fakeTLS ? domain : "")
            let mtProxy = try server.startMTProxy(secret: text)
            configuration.proxy = try .mtProxy(host: mtProxy.host, port: mtProxy.port, secret: text)
        }
        change(&configuration)
        return configuration
    }

    // MARK: - Errors and descriptions

    @Test func refusalByAProxyTellsNoPassword() async throws {
        for kind in [TestProxy.Kind.socks5(username: "a", password: "b"), .httpConnect(username: "a", password: "b")] {
            try await withTestServer { server in
                let proxy = try await TestProxy.start(kind)
                let logs = LogCollector()
                var configuration = try server.senderConfiguration()
                let (host, port) = (proxy.configuration.host, proxy.configuration.port)
                configuration.proxy =
                    try kind == .socks5(username: "a", password: "b")
                    ? .socks5(host: host, port: port, username: Self.proxyUser, password: Self.proxyPassword)
                    : .httpConnect(host: host, port: port, username: Self.proxyUser, password: Self.proxyPassword)
                configuration.connectionRetries = 0
                configuration.logHandler = logs
                let sender = Sender(configuration: configuration)
                let error = await #expect(throws: MTProtoError.self) { try await sender.connect() }
                #expect(error?.code == .proxyFailed)
                expectNoContents(in: SecretSearch("\(String(reflecting: error))\n\(logs.text)"))
                await proxy.stop()
            }
        }
    }

    @Test func descriptionsAndDumpsShowNoKeys() throws {
        let key = try #require(AuthKey(bytes: SystemRandom().bytes(AuthKey.byteCount)))
        let proxy = try ProxyConfiguration.mtProxy(host: "h", port: 1, secret: Self.secret)
        let result = KeyExchangeResult(key: key, firstSalt: 1, serverTime: .zero, expiresAt: nil)
        let binding = TemporaryKeyBinding(permanentKey: key, temporaryKey: key, expiresAt: 1)
        let session = ClientSession(
            key: key,
            salts: [],
            clock: ServerClock(),
            announcement: nil,
            binding: binding,
            random: SystemRandom()
        )
        let socks = try ProxyConfiguration.socks5(
            host: "h",
            port: 1,
            username: Self.proxyUser,
            password: Self.proxyPassword
        )
        let values: [Any] = [
            key, SenderCredentials(authKey: key), proxy, socks, result, binding, session, SenderNotice.keyCreated(key),
        ]
        var text = ""
        for value in values {
            text += "\(value)\n\(String(reflecting: value))\n"
            dump(value, to: &text)
        }
        let search = SecretSearch(text)
        #expect(search.form(of: key.bytes) == nil)
        #expect(text.contains(key.description))
        expectNoContents(in: search)
    }

    @Test func searchFindsASecretInEveryForm() {
        let secret = SystemRandom().bytes(32)
        for offset in 0..<3 {
            let text = "a" + Base64.encode(Array(secret[offset...])) + "b"
            #expect(SecretSearch(text).form(of: secret) == "base64")
        }
        #expect(SecretSearch(Hexadecimal.encode(secret)).form(of: secret) == "hex")
        #expect(SecretSearch(Hexadecimal.encode(secret).uppercased()).form(of: secret) == "hex")
        let spaced = secret[5..<20].map { Hexadecimal.encode([$0]) }.joined(separator: " ")
        #expect(SecretSearch(spaced).form(of: secret) == "hex with spaces")
        #expect(SecretSearch("\(secret)").form(of: secret) == "decimal list")
        let number = Int64(littleEndianBytes: secret[0..<8])
        #expect(SecretSearch("salt \(number)").form(of: secret)?.contains("number") == true)
        #expect(SecretSearch("salt \(UInt64(bitPattern: number))").form(of: secret) == "number")
        #expect(SecretSearch("nothing to see").form(of: secret) == nil)
    }
}
