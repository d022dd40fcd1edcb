import MTProto
import TLRuntime
import TelegramAPI
import TelegramTesting
import Testing

/// A server, or somebody who poses as one, cheats while a key is made: no key, no message, and an error that says why.
@Suite(.timeLimit(.minutes(10))) struct KeyExchangeAttackTests {
    @Test(arguments: KeyExchangeMisbehaviour.allCases)
    func connectingFailsByTheCheckAndSucceedsWithAnHonestServer(_ rule: KeyExchangeMisbehaviour) async throws {
        try await withTestServer { server in
            var configuration = try server.senderConfiguration()
            configuration.connectionRetries = 0
            let sender = Sender(configuration: configuration)
            await server.misbehave(inKeyExchange: rule)
            let failure = await #expect(throws: MTProtoError.self) { try await sender.connect() }
            let error = try #require(failure)
            expect(error, isCausedBy: rule)
            #expect(sender.state == .disconnected(error))
            #expect(await sender.credentials == nil, "a key was kept")
            #expect(server.sessions.isEmpty, "a message was sent with a key that must not be used")

            try await sender.connect()
            _ = try await sender.call(TL.help.GetConfig())
            await sender.disconnect()
        }
    }

    private func expect(_ error: MTProtoError, isCausedBy rule: KeyExchangeMisbehaviour) {
        guard let check = rule.expectedCheck else {
            // The server refuses and proves that it is the server: that is no attack.
            #expect(error.check == nil && error.code == .keyExchangeFailed, "\(error)")
            return
        }
        #expect(error.check == check, "\(error)")
        #expect(error.code == .securityCheckFailed)
        #expect(error.description.hasPrefix("security check '\(check.rawValue)' failed: "))
    }

    @Test func exchangeIsTriedAgainAndOnlyTheHonestOneGivesAKey() async throws {
        try await withTestServer { server in
            for rule in [KeyExchangeMisbehaviour.wrongAnswerHash, .publicValueOne, .wrongProofOfAcceptance] {
                await server.misbehave(inKeyExchange: rule)
            }
            try await server.withSender { sender in
                _ = try await sender.call(TL.help.GetConfig())
                let key = try #require(await sender.credentials).authKey
                #expect(server.sessions.map(\.authKeyID) == [key.id])
            }
            #expect(server.statistics.connectionsAccepted == 4)
        }
    }

    @Test func failedCheckOutranksTheTroubleThatFollowsIt() async throws {
        try await withTestServer { server in
            var configuration = try server.senderConfiguration()
            configuration.connectionRetries = 1
            await server.misbehave(inKeyExchange: .wrongAnswerHash)
            await server.misbehave(inKeyExchange: .offerRefused)
            let sender = Sender(configuration: configuration)
            let error = await #expect(throws: MTProtoError.self) { try await sender.connect() }
            #expect(error?.check == .answerHash)
        }
    }

    @Test func keyThatTheClientDoesNotTrustIsRefused() async throws {
        try await withTestServer { configuration in
            configuration.hasKeyPerDataCenter = true
        } _: { server in
            var configuration = try server.senderConfiguration(dataCenter: 2)
            let other = try #require(server.dataCenter(1))
            configuration.keys = [try ServerPublicKey(pem: other.publicKeyPEM)]
            configuration.connectionRetries = 0
            let sender = Sender(configuration: configuration)
            let error = await #expect(throws: MTProtoError.self) { try await sender.connect() }
            #expect(error?.check == .publicKey)
            #expect(server.statistics.keyExchanges == 0)
        }
    }
}
