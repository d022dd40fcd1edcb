import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

@testable import Telegram

@Suite(.timeLimit(.minutes(10)))
struct RawUpdateTests {
    private func update(_ user: Int64) -> TL.Updates {
        .updateShort(
            TL.Updates.UpdateShort(
                update: .updateUserStatus(
                    TL.Update.UpdateUserStatus(userID: user, status: .userStatusEmpty)
                ),
                date: 1
            )
        )
    }

    private func user(of updates: TL.Updates?) -> Int64? {
        guard case .updateShort(let short)? = updates, case .updateUserStatus(let update) = short.update else {
            return nil
        }
        return update.userID
    }

    @Test func everyStreamGetsEveryBatchInItsOrder() async throws {
        try await ClientFixture.run { fixture in
            let streams = [fixture.client.rawUpdates(), fixture.client.rawUpdates()]
            let session = try await fixture.server.waitForSession { $0.receivesUpdates }
            for number in 1...50 { try session.push(update(Int64(number))) }
            for stream in streams {
                var iterator = stream.makeAsyncIterator()
                for number in 1...50 {
                    let next = await iterator.next()
                    #expect(user(of: next) == Int64(number))
                }
            }
        }
    }

    @Test func unreadableBatchIsCountedAndTheNextOneArrives() async throws {
        try await ClientFixture.run { fixture in
            var iterator = fixture.client.rawUpdates().makeAsyncIterator()
            let session = try await fixture.server.waitForSession { $0.receivesUpdates }
            // updateShort with an update that this layer does not know.
            var bytes = try update(1).encoded()
            bytes.replaceSubrange(4..<8, with: [1, 2, 3, 4])
            session.push(bytes: bytes)
            try session.push(update(7))
            guard case .updatesTooLong? = await iterator.next() else {
                Issue.record("the gap is not visible")
                return
            }
            let next = await iterator.next()
            #expect(user(of: next) == 7)
            #expect(fixture.client.unreadableUpdateCount == 1)
        }
    }

    @Test func slowReaderFindsAMarkInPlaceOfTheOldestBatches() async throws {
        let broadcast = UpdateBroadcast()
        var iterator = broadcast.subscribe().makeAsyncIterator()
        for number in 1...1_010 { broadcast.send(update(Int64(number))) }
        broadcast.finish()
        guard case .updatesTooLong? = await iterator.next() else {
            Issue.record("the gap is not visible")
            return
        }
        let first = await iterator.next()
        #expect(user(of: first) == 11)
        var count = 1
        while await iterator.next() != nil { count += 1 }
        #expect(count == 1_000)
    }

    @Test func abandonedStreamIsForgotten() async throws {
        let broadcast = UpdateBroadcast()
        do {
            let stream = broadcast.subscribe()
            #expect(broadcast.subscriberCount == 1)
            _ = stream
        }
        #expect(broadcast.subscriberCount == 0)
    }

    @Test func streamsEndWithTheConnection() async throws {
        try await ClientFixture.run { fixture in
            let stream = fixture.client.rawUpdates()
            await fixture.client.disconnect()
            var iterator = stream.makeAsyncIterator()
            let next = await iterator.next()
            #expect(next == nil)
        }
    }

    @Test func signingInSeedsTheStateOfUpdates() async throws {
        try await ClientFixture.run(prepare: { $0.answerUpdateState(pts: 42) }) { fixture in
            try await fixture.client.signedIn(.test(id: 5, isBot: true))
            await fixture.client.disconnect()
            let content = try fixture.session.open()
            fixture.session.close()
            #expect(content.account == SessionAccount(userID: 5, isBot: true, accessHash: 5_000))
            #expect(content.updateState == UpdateState(pts: 42, qts: 0, date: 2, seq: 3))
        }
    }

    @Test func accountOfABareKeyIsFoundWhenConnecting() async throws {
        try await ClientFixture.run(prepare: { server in
            server.answerUpdateState()
            server.answer(TL.users.GetUsers.self) { _, _ in [.test(id: 8)] }
        }) { fixture in
            // A new key is nobody's.
            #expect(fixture.client.account == nil)
            #expect(fixture.count(of: "users.getUsers") == 0)
            await fixture.client.disconnect()
            try await fixture.client.connect()
            #expect(fixture.client.account?.userID == 8)
        }
    }

    // MARK: - Silence

    /// Lets minutes pass in which the program asks for nothing, while the connection is kept alive.
    private func pass(minutes: Int, _ fixture: ClientFixture) async throws {
        let sender = try fixture.client.core.status.withLock { try $0.requireHome() }
        for _ in 0..<minutes {
            await fixture.waitForHousekeeping()
            fixture.clock.advance(by: .seconds(60))
            // The second answer comes after that to whatever has left together with the first question.
            for _ in 0..<2 { _ = try await sender.ping() }
        }
        await fixture.waitForHousekeeping()
    }

    @Test func serverIsAskedForSomethingAfterHalfAnHourOfSilence() async throws {
        try await ClientFixture.run(prepare: { $0.answerUpdateState() }) { fixture in
            try await fixture.client.signedIn(.test(id: 5))
            let before = fixture.count(of: "updates.getState")
            try await pass(minutes: 29, fixture)
            #expect(await fixture.client.core.updatesRequest == nil)
            try await pass(minutes: 1, fixture)
            while fixture.count(of: "updates.getState") == before { await Task.yield() }
            // The silence begins anew.
            try await pass(minutes: 29, fixture)
            #expect(fixture.count(of: "updates.getState") == before + 1)
            try await pass(minutes: 1, fixture)
            while fixture.count(of: "updates.getState") == before + 1 { await Task.yield() }
            #expect(fixture.server.statistics.connectionsAccepted == 1)
        }
    }

    @Test func requestsOfTheProgramBreakTheSilence() async throws {
        try await ClientFixture.run(prepare: { $0.answerUpdateState() }) { fixture in
            try await fixture.client.signedIn(.test(id: 5))
            try await pass(minutes: 20, fixture)
            _ = try await fixture.client(TL.help.GetNearestDc())
            try await pass(minutes: 29, fixture)
            #expect(await fixture.client.core.updatesRequest == nil)
        }
    }

    @Test func silenceIsFineWithoutUpdates() async throws {
        try await ClientFixture.run(client: { $0.receiveUpdates = false }) { fixture in
            try await fixture.client.signedIn(.test(id: 5))
            try await pass(minutes: 31, fixture)
            #expect(await fixture.client.core.updatesRequest == nil)
        }
    }

    @Test func sessionThatWasEndedDuringTheSilenceIsNoticed() async throws {
        try await ClientFixture.run(prepare: { $0.answerUpdateState() }) { fixture in
            try await fixture.client.signedIn(.test(id: 5))
            fixture.server.failNext(TL.updates.GetState.self, with: .test("SESSION_REVOKED", code: 401))
            try await pass(minutes: 30, fixture)
            while fixture.client.account != nil { await Task.yield() }
            #expect(fixture.client.isConnected)
        }
    }

    @Test func reconnectionIsVisibleAndAsksForMoreUpdates() async throws {
        try await ClientFixture.run(usesSystemTime: true, prepare: { $0.answerUpdateState() }) { fixture in
            try await fixture.client.signedIn(.test(id: 5))
            let before = fixture.count(of: "updates.getState")
            var iterator = fixture.client.rawUpdates().makeAsyncIterator()
            await fixture.server.forgetSessions()
            await fixture.server.closeConnections(breakingOff: true)
            guard case .updatesTooLong? = await iterator.next() else {
                Issue.record("the gap is not visible")
                return
            }
            while fixture.count(of: "updates.getState") == before { await Task.yield() }
            #expect(fixture.server.sessions.contains { $0.receivesUpdates && $0.isConnected })
        }
    }
}
