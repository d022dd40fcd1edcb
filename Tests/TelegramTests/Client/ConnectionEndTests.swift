import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

@testable import Telegram

/// Why a client is disconnected, and who gets to know.
@Suite(.timeLimit(.minutes(10)))
struct ConnectionEndTests {
    /// Connections are given up at once: the server does not know the key any more.
    private func giveUp(_ fixture: ClientFixture) async {
        await fixture.server.forgetAllKeys()
        await #expect(throws: MTProtoError.self) { _ = try await fixture.client(TL.help.GetConfig()) }
        await #expect(throws: MTProtoError.self) { try await fixture.client.waitUntilDisconnected() }
    }

    // MARK: - Streams

    @Test func streamsOfUpdatesEndWhenTheConnectionIsGivenUp() async throws {
        try await ClientFixture.run { fixture in
            let updates = fixture.client.rawUpdates()
            await giveUp(fixture)
            for await _ in updates {}
            // What has ended the loop can be asked for at once.
            let error = await #expect(throws: MTProtoError.self) { try await fixture.client.waitUntilDisconnected() }
            #expect(error?.code == .authKeyNotFound)
        }
    }

    @Test func streamsOfUpdatesEndWhenTheServerInvalidatesTheSession() async throws {
        try await ClientFixture.run { fixture in
            let updates = fixture.client.rawUpdates()
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("AUTH_KEY_DUPLICATED", code: 406))
            await #expect(throws: RPCError.AuthKeyDuplicated.self) {
                _ = try await fixture.client(TL.help.GetNearestDc())
            }
            for await _ in updates {}
            let error = await #expect(throws: ClientError.self) { try await fixture.client.waitUntilDisconnected() }
            #expect(error?.code == .sessionInvalidated)
        }
    }

    @Test func streamsOfUpdatesEndWhenTheAuthorizationIsForgotten() async throws {
        try await ClientFixture.run { fixture in
            let updates = fixture.client.rawUpdates()
            try await fixture.client.forgetAuthorization()
            for await _ in updates {}
            #expect(!fixture.client.isConnected)
        }
    }

    // MARK: - Errors

    @Test func cancelledAttemptToConnectIsNoCancellationOfLaterRequests() async throws {
        try await withAttemptToConnect { fixture, attempt in
            attempt.cancel()
            await #expect(throws: CancellationError.self) { try await attempt.value }
            let error = await #expect(throws: MTProtoError.self) { _ = try await fixture.client(TL.help.GetConfig()) }
            #expect(error?.code == .notConnected)
            try await fixture.client.waitUntilDisconnected()
        }
    }

    @Test func disconnectingWhileConnectingIsNoError() async throws {
        try await withAttemptToConnect { fixture, attempt in
            await fixture.client.disconnect()
            await #expect(throws: CancellationError.self) { try await attempt.value }
            try await fixture.client.waitUntilDisconnected()
        }
    }

    /// With a client that waits for an answer of the server in the middle of connecting.
    private func withAttemptToConnect(
        _ body: (ClientFixture, Task<Void, any Error>) async throws -> Void
    ) async throws {
        var plan = FaultPlan()
        plan.fromClient.script = [0: .stall]
        plan.includesKeyExchange = true
        let faults = plan
        try await ClientFixture.run(isConnected: false, prepare: { $0.faults = faults }) { fixture in
            let attempt = Task { try await fixture.client.connect() }
            for await state in fixture.client.connectionStates where state == .exchangingKeys { break }
            try await body(fixture, attempt)
        }
    }

    @Test func disconnectingAfterTheConnectionWasGivenUpIsNoError() async throws {
        try await ClientFixture.run { fixture in
            await giveUp(fixture)
            await fixture.client.disconnect()
            try await fixture.client.waitUntilDisconnected()
        }
    }

    @Test func requestThatSleepsGetsTheErrorOfTheConnection() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("FLOOD_WAIT_20"))
            let sleeping = Task { try await fixture.client(TL.help.GetNearestDc()) }
            await fixture.waitForSleepers()
            await giveUp(fixture)
            let error = await #expect(throws: MTProtoError.self) { try await sleeping.value }
            #expect(error?.code == .authKeyNotFound)
        }
    }

    // MARK: - Every minute

    @Test func minutelyWorkOfAConnectionThatWasGivenUpEndsWithTheNextOne() async throws {
        try await ClientFixture.run { fixture in
            let former = try #require(await fixture.client.core.housekeeping)
            // The server has had enough of this connection, but still knows the key.
            await fixture.server.sendTransportError(404)
            await #expect(throws: MTProtoError.self) { try await fixture.client.waitUntilDisconnected() }
            try await fixture.client.connect()
            #expect(former.isCancelled)
        }
    }
}
