import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

@testable import Telegram

@Suite(.timeLimit(.minutes(10)))
struct MovingTests {
    @Test(arguments: ["PHONE", "NETWORK", "USER"])
    func redirectionMovesTheAccountForGood(kind: String) async throws {
        try await ClientFixture.run { fixture in
            fixture.server.onNext(TL.help.GetNearestDc.self, .migrate(to: 4, kind: kind))
            let nearest = try await fixture.client(TL.help.GetNearestDc())
            #expect(nearest.thisDC == 4)
            #expect(fixture.client.homeDataCenter == 4)
            await fixture.client.disconnect()
            let content = try fixture.session.open()
            fixture.session.close()
            #expect(content.home?.id == 4)
            #expect(content.home?.port == fixture.server.dataCenter(4)?.port)
            #expect(content.authKeys[4] != nil)
            // The next run goes there at once.
            let other = try fixture.anotherClient(session: fixture.session)
            try await other.connect()
            let again = try await other(TL.help.GetNearestDc())
            await other.disconnect()
            #expect(again.thisDC == 4)
            #expect(fixture.server.statistics.keyExchanges == 2)
        }
    }

    @Test func keyOfTheNewDataCenterIsUsedWhenThereIsOne() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.onNext(TL.help.GetNearestDc.self, .migrate(to: 4))
            _ = try await fixture.client(TL.help.GetNearestDc())
            fixture.server.onNext(TL.help.GetNearestDc.self, .migrate(to: 2))
            let nearest = try await fixture.client(TL.help.GetNearestDc())
            #expect(nearest.thisDC == 2)
            #expect(fixture.server.statistics.keyExchanges == 2)
        }
    }

    @Test func phoneOfSomebodyWhoIsSignedInMovesNothing() async throws {
        try await ClientFixture.run(prepare: { $0.answerUpdateState() }) { fixture in
            try await fixture.client.signedIn(.test(id: 5))
            fixture.server.onNext(TL.help.GetNearestDc.self, .migrate(to: 4, kind: "PHONE"))
            let error = await #expect(throws: RPCError.PhoneMigrate.self) {
                _ = try await fixture.client(TL.help.GetNearestDc())
            }
            #expect(error?.newDC == 4)
            #expect(fixture.client.homeDataCenter == 2)
        }
    }

    @Test func requestsUnderWayAreStillAnsweredByTheFormerDataCenter() async throws {
        try await ClientFixture.run { fixture in
            let (gate, opener) = AsyncStream.makeStream(of: Void.self)
            fixture.server.on(TL.help.GetCountriesList.self) { _, session in
                for await _ in gate { break }
                throw RPCError.test("FROM_\(session.dataCenterID)", code: 400)
            }
            let slow = Task { try await fixture.client(TL.help.GetCountriesList(langCode: "en", hash: 0)) }
            while fixture.count(of: "help.getCountriesList") == 0 { await Task.yield() }
            try await fixture.client.switchHome(to: 4)
            opener.yield()
            let error = await #expect(throws: RPCError.self) { _ = try await slow.value }
            #expect(error?.name == "FROM_2")
            let nearest = try await fixture.client(TL.help.GetNearestDc())
            #expect(nearest.thisDC == 4)
            // Nobody needs the former connection any more.
            while fixture.server.statistics.connectionsOpen > 1 { await Task.yield() }
        }
    }

    @Test func unknownDataCenterIsAnErrorAndTheConnectionStays() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.onNext(TL.help.GetNearestDc.self, .migrate(to: 77))
            let error = await #expect(throws: ClientError.self) {
                _ = try await fixture.client(TL.help.GetNearestDc())
            }
            #expect(error?.code == .unknownDataCenter)
            let nearest = try await fixture.client(TL.help.GetNearestDc())
            #expect(nearest.thisDC == 2)
        }
    }

    @Test func serverThatSendsTheClientBackAndForthIsGivenUp() async throws {
        try await ClientFixture.run(client: { $0.requestRetries = 3 }) { fixture in
            for target in [4, 2, 4, 2] as [Int32] {
                fixture.server.onNext(TL.help.GetNearestDc.self, .migrate(to: target))
            }
            let error = await #expect(throws: ClientError.self) {
                _ = try await fixture.client(TL.help.GetNearestDc())
            }
            #expect(error?.code == .retriesExhausted)
        }
    }

    @Test func statesFollowTheNewConnection() async throws {
        try await ClientFixture.run { fixture in
            try await fixture.client.switchHome(to: 5)
            var iterator = fixture.client.connectionStates.makeAsyncIterator()
            var state = await iterator.next()
            while state != .connected { state = await iterator.next() }
            #expect(fixture.client.isConnected)
            try await fixture.client.switchHome(to: 5)
            #expect(fixture.server.statistics.keyExchanges == 2)
        }
    }
}
