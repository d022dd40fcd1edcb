import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

@testable import Telegram

@Suite(.timeLimit(.minutes(10)))
struct CallTests {
    @Test func callReturnsTheAnswerAfterOneAnnouncement() async throws {
        try await ClientFixture.run(server: { $0.requiresAnnouncement = true }) { fixture in
            let nearest = try await fixture.client(TL.help.GetNearestDc())
            #expect(nearest.thisDC == 2)
            let info = try #require(fixture.server.sessions.first?.clientInfo)
            #expect(info.apiID == 17)
            #expect(info.deviceModel == "Test")
            #expect(info.languageCode == "en")
            #expect(fixture.server.sessions.first?.layer == TL.layer)
        }
    }

    @Test func floodWaitIsSleptThroughAndAnnounced() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("FLOOD_WAIT_20"))
            let events = fixture.client.floodWaits
            async let nearest = fixture.client(TL.help.GetNearestDc())
            await fixture.waitForSleepers()
            fixture.clock.advance(by: .seconds(19))
            await fixture.waitForSleepers()
            fixture.clock.advance(by: .seconds(1))
            let place = try await nearest.thisDC
            #expect(place == 2)
            var iterator = events.makeAsyncIterator()
            let event = await iterator.next()
            #expect(event?.method == "help.getNearestDc")
            #expect(event?.duration == .seconds(20))
            #expect(event?.isSleptThrough == true)
            #expect(event?.isRemembered == false)
        }
    }

    @Test func longFloodWaitIsThrownAndRemembered() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("FLOOD_WAIT_100"))
            let first = await #expect(throws: RPCError.FloodWait.self) {
                _ = try await fixture.client(TL.help.GetNearestDc())
            }
            #expect(first?.seconds == 100)
            fixture.clock.advance(by: .seconds(10))
            let second = await #expect(throws: RPCError.FloodWait.self) {
                _ = try await fixture.client(TL.help.GetNearestDc())
            }
            #expect(second?.seconds == 90)
            #expect(second?.method == "help.getNearestDc")
            // The server has not heard of the second one.
            #expect(fixture.server.statistics.faults["rpc"] == 1)
            #expect(fixture.count(of: "help.getNearestDc") == 0)
            fixture.clock.advance(by: .seconds(40))
            async let third = fixture.client(TL.help.GetNearestDc())
            await fixture.waitForSleepers()
            #expect(fixture.count(of: "help.getNearestDc") == 0)
            fixture.clock.advance(by: .seconds(50))
            let place = try await third.thisDC
            #expect(place == 2)
        }
    }

    @Test func thresholdOfACallOutranksThatOfTheClient() async throws {
        try await ClientFixture.run(client: { $0.floodSleepThreshold = .seconds(5) }) { fixture in
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("FLOOD_WAIT_4"))
            await #expect(throws: RPCError.FloodWait.self) {
                _ = try await fixture.client(TL.help.GetNearestDc(), floodSleepThreshold: .zero)
            }
            fixture.clock.advance(by: .seconds(4))
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("FLOOD_WAIT_30"))
            async let nearest = fixture.client(TL.help.GetNearestDc(), floodSleepThreshold: .seconds(30))
            await fixture.waitForSleepers()
            fixture.clock.advance(by: .seconds(30))
            let place = try await nearest.thisDC
            #expect(place == 2)
        }
    }

    @Test func thresholdCanBeChangedWhileTheClientRuns() async throws {
        try await ClientFixture.run(client: { $0.floodSleepThreshold = .seconds(5) }) { fixture in
            let client = fixture.client
            #expect(client.floodSleepThreshold == .seconds(5))
            client.floodSleepThreshold = .seconds(30)
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("FLOOD_WAIT_30"))
            async let nearest = client(TL.help.GetNearestDc())
            await fixture.waitForSleepers()
            fixture.clock.advance(by: .seconds(30))
            _ = try await nearest
            client.floodSleepThreshold = .zero
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("FLOOD_WAIT_1"))
            await #expect(throws: RPCError.FloodWait.self) { _ = try await client(TL.help.GetNearestDc()) }
        }
    }

    @Test func moreThanADayIsNeverSleptThrough() async throws {
        let day: Duration = .seconds(86_400)
        try await ClientFixture.run(client: { $0.floodSleepThreshold = day * 2 }) { fixture in
            let client = fixture.client
            #expect(client.floodSleepThreshold == day)
            client.floodSleepThreshold = .seconds(-1)
            #expect(client.floodSleepThreshold == .zero)
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("FLOOD_WAIT_86401"))
            await #expect(throws: RPCError.FloodWait.self) {
                _ = try await client(TL.help.GetNearestDc(), floodSleepThreshold: day * 2)
            }
        }
    }

    @Test func slowModeIsNotRemembered() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("SLOWMODE_WAIT_100"))
            await #expect(throws: RPCError.SlowModeWait.self) {
                _ = try await fixture.client(TL.help.GetNearestDc())
            }
            _ = try await fixture.client(TL.help.GetNearestDc())
        }
    }

    @Test func slowModeOfOneChatDoesNotHoldOthersBack() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("SLOWMODE_WAIT_20"))
            async let slow = fixture.client(TL.help.GetNearestDc())
            await fixture.waitForSleepers()
            _ = try await fixture.client(TL.help.GetNearestDc())
            fixture.clock.advance(by: .seconds(20))
            _ = try await slow
        }
    }

    @Test func retryAfterServerTroubleSendsTheSameRandomNumber() async throws {
        try await ClientFixture.run { fixture in
            let seen = Locked<[Int64]>([])
            fixture.server.answer(TL.messages.SendMessage.self) { request, _ in
                seen.withLock { $0.append(request.randomID) }
                if seen.withLock({ $0.count }) < 3 { throw RPCError.test("INTERNAL", code: -500) }
                return .updatesTooLong
            }
            async let answer = fixture.client(
                TL.messages.SendMessage(peer: .inputPeerSelf, message: "hello", randomID: 99)
            )
            for attempt in 1...2 {
                await fixture.waitForSleepers()
                fixture.clock.advance(by: .seconds(2))
                // Nobody sleeps now, but that may be over before anybody looks.
                while seen.withLock({ $0.count }) == attempt { await Task.yield() }
            }
            _ = try await answer
            #expect(seen.withLock { $0 } == [99, 99, 99])
        }
    }

    @Test func duplicateAfterALostAnswerIsSaidToBeExecuted() async throws {
        try await ClientFixture.run { fixture in
            let seen = Locked<Set<Int64>>([])
            fixture.server.answer(TL.messages.SendMessage.self) { request, _ in
                guard seen.withLock({ $0.insert(request.randomID).inserted }) else {
                    throw RPCError.test("RANDOM_ID_DUPLICATE", code: 500)
                }
                return .updatesTooLong
            }
            fixture.server.onNext(
                TL.messages.SendMessage.self,
                .failAfterExecution(.test("INTERNAL", code: 500))
            )
            async let answer = fixture.client(
                TL.messages.SendMessage(peer: .inputPeerSelf, message: "hello", randomID: 99)
            )
            await fixture.waitForSleepers()
            fixture.clock.advance(by: .seconds(2))
            do {
                _ = try await answer
                Issue.record("an error was expected")
            } catch let error as ClientError {
                #expect(error.code == .alreadyExecuted)
            }
            #expect(seen.withLock { $0.count } == 1)
        }
    }

    @Test func cancellingEndsTheSleepOfARequest() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("FLOOD_WAIT_20"))
            let task = Task { try await fixture.client(TL.help.GetNearestDc()) }
            await fixture.waitForSleepers()
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(fixture.client.isConnected)
        }
    }

    @Test func disconnectingEndsTheSleepOfARequest() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("FLOOD_WAIT_20"))
            let task = Task { try await fixture.client(TL.help.GetNearestDc()) }
            await fixture.waitForSleepers()
            await fixture.client.disconnect()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func withoutUpdatesEveryRequestSaysSo() async throws {
        let wrappers = Locked<[String]>([])
        try await ClientFixture.run(client: { $0.receiveUpdates = false }) { fixture in
            fixture.server.answer(TL.help.GetNearestDc.self) { _, _ in
                wrappers.withLock { $0 = TestRequest.current?.wrappers ?? [] }
                return TL.NearestDc(country: "IT", thisDC: 2, nearestDC: 2)
            }
            _ = try await fixture.client(TL.help.GetNearestDc())
            #expect(wrappers.withLock { $0 } == ["invokeWithoutUpdates"])
            #expect(fixture.server.sessions.allSatisfy { !$0.receivesUpdates })
        }
    }

    @Test func refusalOfAWrappedRequestIsRememberedForWhatIsInside() async throws {
        try await ClientFixture.run(client: { $0.receiveUpdates = false }) { fixture in
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("FLOOD_WAIT_100"))
            for _ in 0..<2 {
                await #expect(throws: RPCError.FloodWait.self) {
                    _ = try await fixture.client(TL.help.GetNearestDc())
                }
            }
            #expect(fixture.server.statistics.faults["rpc"] == 1)
            _ = try await fixture.client(TL.help.GetConfig())
        }
    }

    @Test func callWithoutConnectionFailsAtOnce() async throws {
        try await ClientFixture.run(isConnected: false) { fixture in
            let error = await #expect(throws: MTProtoError.self) {
                _ = try await fixture.client(TL.help.GetNearestDc())
            }
            #expect(error?.code == .notConnected)
        }
    }
}

extension RPCError {
    /// An error by its name.
    static func test(_ name: String, code: Int = 420) -> RPCError { RPCError.make(code: code, name: name) }
}
