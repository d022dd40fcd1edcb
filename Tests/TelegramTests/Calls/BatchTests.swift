import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

@testable import Telegram

@Suite(.timeLimit(.minutes(10)))
struct BatchTests {
    @Test func everyItemHasItsOwnOutcome() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.answer(TL.help.GetNearestDc.self) { _, _ in
                TL.NearestDc(country: "IT", thisDC: 2, nearestDC: 2)
            }
            fixture.server.failNext(TL.users.GetUsers.self, with: .test("PEER_ID_INVALID", code: 400))
            fixture.server.answer(TL.users.GetUsers.self) { _, _ in [.test(id: 5)] }
            let requests = Array(repeating: TL.users.GetUsers(id: [.inputUserSelf]), count: 20)
            let outcomes = await fixture.client.callAll(requests)
            #expect(outcomes.count == 20)
            let failures = outcomes.count { (try? $0.get()) == nil }
            #expect(failures == 1)
        }
    }

    @Test func waitOfOneItemDoesNotDisturbTheOthers() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("FLOOD_WAIT_20"))
            let requests = Array(repeating: TL.help.GetNearestDc(), count: 5)
            async let outcomes = fixture.client.callAll(requests)
            await fixture.waitForSleepers()
            fixture.clock.advance(by: .seconds(20))
            let succeeded = await outcomes.count { (try? $0.get()) != nil }
            #expect(succeeded == 5)
            #expect(fixture.count(of: "help.getNearestDc") == 5)
        }
    }

    @Test func requestsOfDifferentKindsGoTogether() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("PEER_ID_INVALID", code: 400))
            let (config, nearest) = await fixture.client.callAll(TL.help.GetConfig(), TL.help.GetNearestDc())
            let place = try config.get().thisDC
            #expect(place == 2)
            #expect(throws: RPCError.BadRequest.self) { try nearest.get() }
        }
    }

    @Test func cancellingABatchEndsAllItsItems() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.onNext(TL.help.GetNearestDc.self, times: 2, .neverAnswer)
            fixture.server.onNext(TL.help.GetConfig.self, .neverAnswer)
            let mixed = Task { await fixture.client.callAll(TL.help.GetConfig(), TL.help.GetNearestDc()) }
            let alike = Task { await fixture.client.callAll([TL.help.GetNearestDc()]) }
            mixed.cancel()
            alike.cancel()
            let (config, nearest) = await mixed.value
            #expect(throws: CancellationError.self) { try config.get() }
            #expect(throws: CancellationError.self) { try nearest.get() }
            let first = await alike.value.first
            #expect(throws: CancellationError.self) { try first?.get() }
        }
    }

    @Test func orderedBatchIsExecutedInItsOrderAndGoesOnAfterAWait() async throws {
        try await ClientFixture.run { fixture in
            let seen = Locked<[Int64]>([])
            let refused = Locked(false)
            fixture.server.answer(TL.messages.SendMessage.self) { request, _ in
                if request.randomID == 3, !refused.withLock({ $0 }) {
                    refused.withLock { $0 = true }
                    throw RPCError.test("FLOOD_WAIT_20")
                }
                seen.withLock { $0.append(request.randomID) }
                return .updatesTooLong
            }
            let requests = (1...5).map {
                TL.messages.SendMessage(peer: .inputPeerSelf, message: "hello", randomID: Int64($0))
            }
            async let outcomes = fixture.client.callAll(requests, ordered: true)
            await fixture.waitForSleepers()
            #expect(seen.withLock { $0 } == [1, 2])
            fixture.clock.advance(by: .seconds(20))
            let succeeded = await outcomes.count { (try? $0.get()) != nil }
            #expect(succeeded == 5)
            #expect(seen.withLock { $0 } == [1, 2, 3, 4, 5])
        }
    }

    @Test func orderedBatchEndsWithTheFirstRealFailure() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.answer(TL.messages.SendMessage.self) { request, _ in
                if request.randomID == 2 { throw RPCError.test("PEER_ID_INVALID", code: 400) }
                return .updatesTooLong
            }
            let requests = (1...4).map {
                TL.messages.SendMessage(peer: .inputPeerSelf, message: "hello", randomID: Int64($0))
            }
            let outcomes = await fixture.client.callAll(requests, ordered: true)
            #expect(outcomes.count == 4)
            #expect(throws: Never.self) { try outcomes[0].get() }
            #expect(throws: RPCError.PeerIdInvalid.self) { try outcomes[1].get() }
            for outcome in outcomes[2...] {
                let error = #expect(throws: MTProtoError.self) { try outcome.get() }
                #expect(error?.code == .predecessorFailed)
            }
            #expect(fixture.count(of: "messages.sendMessage") == 2)
        }
    }

    @Test func batchThatIsToldToMoveMovesOnceAndSucceeds() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.answer(TL.help.GetNearestDc.self) { _, session in
                guard session.dataCenterID == 4 else { throw RPCError.test("USER_MIGRATE_4", code: 303) }
                return TL.NearestDc(country: "IT", thisDC: 4, nearestDC: 4)
            }
            let requests = Array(repeating: TL.help.GetNearestDc(), count: 10)
            let outcomes = await fixture.client.callAll(requests)
            let places = outcomes.map { (try? $0.get())?.thisDC }
            #expect(places == Array(repeating: 4, count: 10))
            #expect(fixture.server.statistics.connectionsAccepted == 2)
            let ordered = await fixture.client.callAll(requests, ordered: true)
            #expect(ordered.count { (try? $0.get()) != nil } == 10)
        }
    }
}
