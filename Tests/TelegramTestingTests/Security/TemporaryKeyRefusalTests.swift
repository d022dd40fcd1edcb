import TLRuntime
import TelegramAPI
import Testing

@testable import MTProto
@testable import TelegramTesting

/// Servers that do not bind a temporary key: what that says about the permanent one, and what becomes of the login.
@Suite(.timeLimit(.minutes(10))) struct TemporaryKeyRefusalTests {
    /// Runs a test with a client that has a permanent key already.
    private func withPermanentKey(
        _ body: (TestServer, Sender) async throws -> Void
    ) async throws {
        try await withTestServer { server in
            let credentials = try await server.withSender { try #require(await $0.credentials) }
            var configuration = try server.senderConfiguration()
            configuration.forwardSecrecy = true
            let sender = Sender(configuration: configuration, credentials: credentials)
            try await body(server, sender)
            await sender.disconnect()
        }
    }

    /// Trouble that passes: the same key is bound later.
    @Test(arguments: [
        RPCError(code: 500, name: "INTERNAL"), RPCError(code: -503, name: "Timeout"),
        RPCError(code: 420, name: "FLOOD_WAIT_1"),
    ])
    func troubleOfTheServerSaysNothingAboutTheKeys(_ refusal: RPCError) async throws {
        try await withPermanentKey { server, sender in
            server.failNext(TL.auth.BindTempAuthKey.self, times: 5, with: refusal)
            try await sender.connect()
            _ = try await sender.call(TL.help.GetConfig())
            #expect(server.statistics.keyExchanges == 2, "a permanent key and a temporary one")
        }
    }

    @Test func refusalOfTheTemporaryKeySaysNothingAboutThePermanentOne() async throws {
        try await withPermanentKey { server, sender in
            let refusal = RPCError(code: 400, name: "TEMP_AUTH_KEY_ALREADY_BOUND")
            server.failNext(TL.auth.BindTempAuthKey.self, times: 5, with: refusal)
            try await sender.connect()
            _ = try await sender.call(TL.help.GetConfig())
            #expect(server.statistics.keyExchanges == 7, "each temporary key was another one")
        }
    }

    @Test func bindingThatCannotBeReadMeansThatThePermanentKeyIsUnknown() async throws {
        try await withPermanentKey { server, sender in
            let refusal = RPCError(code: 400, name: "ENCRYPTED_MESSAGE_INVALID")
            server.failNext(TL.auth.BindTempAuthKey.self, times: 5, with: refusal)
            let error = await #expect(throws: MTProtoError.self) { try await sender.connect() }
            #expect(error?.code == .authKeyNotFound)
            #expect(server.statistics.keyExchanges == 4, "a permanent key and three temporary ones")
        }
    }

    /// The present key is still bound, so nothing has to stop.
    @Test(arguments: [
        RPCError(code: 500, name: "INTERNAL"), RPCError(code: 400, name: "TEMP_AUTH_KEY_EMPTY"),
        RPCError(code: 400, name: "ENCRYPTED_MESSAGE_INVALID"),
    ])
    func renewalThatIsRefusedLeavesThePresentKeyInUse(_ refusal: RPCError) async throws {
        let clock = ManualClock()
        try await withTestServer { configuration in
            configuration.time = clock
        } _: { server in
            let echo = EchoService(on: server)
            try await server.withSender { configuration in
                configuration.time = clock
                configuration.forwardSecrecy = true
                configuration.session.serverDisconnectDelay = 1_000_000
            } _: { sender in
                try await EchoService.call(1, by: sender)
                let present = try #require(server.sessions.first { $0.receivesUpdates }).encryptionKeyID
                server.failNext(TL.auth.BindTempAuthKey.self, times: 1, with: refusal)
                clock.advance(by: .seconds(22 * 3_600))
                #expect(await comesTrue { await sender.renewalRetryAt != nil })
                #expect(server.statistics.keyExchanges == 3)
                for number in 2...5 as ClosedRange<Int32> { try await EchoService.call(number, by: sender) }
                #expect(server.sessions.contains { $0.encryptionKeyID == present && $0.receivesUpdates })

                // A minute later it is tried again.
                clock.advance(by: .seconds(61))
                #expect(await comesTrue { server.statistics.requests["auth.bindTempAuthKey"] == 2 })
                for number in 6...9 as ClosedRange<Int32> { try await EchoService.call(number, by: sender) }
                #expect(server.sessions.contains { $0.encryptionKeyID != present && $0.receivesUpdates })
                #expect(server.statistics.connectionsAccepted == 1)
            }
            #expect(echo.repeated == [])
        }
    }

    /// The server forgets the key that the request was encrypted with.
    @Test func permanentKeyIsDestroyedThoughATemporaryOneIsInUse() async throws {
        try await withPermanentKey { server, sender in
            try await sender.connect()
            let credentials = try #require(await sender.credentials)
            let isDestroyed = try await sender.destroyAuthKey()
            #expect(isDestroyed)
            #expect(await sender.credentials == nil)
            guard case .disconnected(let error?) = sender.state else {
                Issue.record("the state is \(sender.state)")
                return
            }
            #expect(error.code == .authKeyNotFound)
            let other = Sender(configuration: try server.senderConfiguration(), credentials: credentials)
            let refusal = await #expect(throws: MTProtoError.self) { try await other.connect() }
            #expect(refusal?.code == .authKeyNotFound)
        }
    }
}
