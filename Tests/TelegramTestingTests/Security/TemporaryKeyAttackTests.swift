import MTProto
import TLRuntime
import TelegramAPI
import TelegramTesting
import Testing

/// Temporary keys: they are made with the same care, and nothing is sent with one that is not bound.
@Suite(.timeLimit(.minutes(10))) struct TemporaryKeyAttackTests {
    /// Runs a test with a client that has a permanent key already, so that the next exchange is for a temporary one.
    private func withPermanentKey(
        _ body: (TestServer, SenderConfiguration, SenderCredentials) async throws -> Void
    ) async throws {
        try await withTestServer { server in
            let credentials = try await server.withSender { try #require(await $0.credentials) }
            await server.forgetSessions()
            var configuration = try server.senderConfiguration()
            configuration.forwardSecrecy = true
            configuration.connectionRetries = 0
            try await body(server, configuration, credentials)
        }
    }

    @Test(arguments: [KeyExchangeMisbehaviour.wrongNonceInOutcome, .unsafePrimeModulus, .publicValueMinusOne])
    func exchangeIsCheckedLikeThatOfAPermanentKey(_ rule: KeyExchangeMisbehaviour) async throws {
        try await withPermanentKey { server, configuration, credentials in
            await server.misbehave(inKeyExchange: rule)
            let sender = Sender(configuration: configuration, credentials: credentials)
            let error = await #expect(throws: MTProtoError.self) { try await sender.connect() }
            #expect(error?.check == rule.expectedCheck && rule.expectedCheck != nil)
            #expect(server.sessions.isEmpty, "a message was sent, with the permanent key or with a bad one")
            #expect(await sender.credentials?.authKey == credentials.authKey)
        }
    }

    @Test func keyThatCannotBeBoundIsNotUsed() async throws {
        try await withPermanentKey { server, configuration, credentials in
            server.failNext(TL.auth.BindTempAuthKey.self, with: RPCError(code: 400, name: "ENCRYPTED_MESSAGE_INVALID"))
            let sender = Sender(configuration: configuration, credentials: credentials)
            let error = await #expect(throws: MTProtoError.self) { try await sender.connect() }
            #expect(error?.check == .temporaryKey)
            #expect(server.statistics.requests["help.getConfig"] == nil)

            try await sender.connect()
            _ = try await sender.call(TL.help.GetConfig())
            let session = try #require(server.sessions.last)
            #expect(session.authKeyID == credentials.authKey.id && session.encryptionKeyID != credentials.authKey.id)
            await sender.disconnect()
        }
    }

    @Test func requestWaitsUntilTheKeyIsBound() async throws {
        try await withPermanentKey { server, configuration, credentials in
            let (executed, sink) = AsyncStream.makeStream(of: Bool.self)
            server.on(TL.help.GetNearestDc.self) { _, session in
                sink.yield(session.authKeyID == credentials.authKey.id)
                return TL.NearestDc(country: "NL", thisDC: 2, nearestDC: 2)
            }
            var configuration = configuration
            configuration.connectionRetries = 5
            server.failNext(
                TL.auth.BindTempAuthKey.self,
                times: 2,
                with: RPCError(code: 400, name: "TEMP_AUTH_KEY_EMPTY")
            )
            let sender = Sender(configuration: configuration, credentials: credentials)
            async let connecting: Void = sender.connect()
            _ = try await connecting
            _ = try await sender.call(TL.help.GetNearestDc())
            await sender.disconnect()
            sink.finish()
            var owners: [Bool] = []
            for await isOwned in executed { owners.append(isOwned) }
            #expect(owners == [true])
        }
    }
}
