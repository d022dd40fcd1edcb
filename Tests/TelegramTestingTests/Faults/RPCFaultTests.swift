import MTProto
import TelegramAPI
import Testing

@testable import TelegramTesting

/// Faults of requests.
@Suite(.timeLimit(.minutes(10))) struct RPCFaultTests {
    @Test func faultsHitTheNextRequestsOfTheirKindInOrder() async throws {
        try await withTestServer { server in
            server.failNext(TL.help.GetConfig.self, with: .make(code: 400, name: "FIRST"))
            server.onNext(TL.help.GetConfig.self, .flood(seconds: 3))
            server.onNext(TL.help.GetConfig.self, .migrate(to: 4))
            server.onNext(TL.help.GetConfig.self, .serverError())
            try await server.withSender { sender in
                _ = try await sender.call(TL.help.GetNearestDc())
                var names: [String] = []
                for _ in 0..<4 {
                    do { _ = try await sender.call(TL.help.GetConfig()) } catch let error as RPCError {
                        names.append("\(error.code) \(error.name)")
                    }
                }
                #expect(names == ["400 FIRST", "420 FLOOD_WAIT_3", "303 USER_MIGRATE_4", "500 INTERNAL"])
                _ = try await sender.call(TL.help.GetConfig())
            }
            #expect(server.statistics.requests["help.getConfig"] == 1, "the others were not executed")
        }
    }

    @Test func executedRequestCanFail() async throws {
        try await withTestServer { server in
            server.onNext(TL.help.GetConfig.self, .failAfterExecution(.make(code: 500, name: "LATE")))
            try await server.withSender { sender in
                let error = await #expect(throws: RPCError.self) { try await sender.call(TL.help.GetConfig()) }
                #expect(error?.name == "LATE")
            }
            #expect(server.statistics.requests["help.getConfig"] == 1)
        }
    }

    @Test func answerCanComeTwice() async throws {
        try await withTestServer { server in
            server.onNext(TL.help.GetConfig.self, .answerTwice)
            let client = try await RawClient.connect(to: server)
            let request = await client.send(try TL.help.GetConfig().encoded())
            let first = try await client.answer(to: request)
            let second = try await client.answer(to: request)
            #expect(first.id == second.id && first.body == second.body)
            #expect(server.statistics.requests["help.getConfig"] == 1)
            await client.close()
        }
    }

    @Test func answerCanBeLateByTheServersClock() async throws {
        let clock = ManualClock()
        let server = try await TestServer.start(TestServerConfiguration(time: clock))
        server.onNext(TL.help.GetConfig.self, .answerLate(.seconds(30)))
        let client = try await RawClient.connect(to: server)
        let late = await client.send(try TL.help.GetConfig().encoded())
        let other = await client.send(try TL.help.GetNearestDc().encoded())
        _ = try await client.answer(to: other)
        clock.advance(by: .seconds(30))
        _ = try await client.answer(to: late)
        await client.close()
        await server.stop()
    }

    @Test func lostAnswerComesByTheNextConnection() async throws {
        try await withTestServer { server in
            server.onNext(TL.help.GetNearestDc.self, .closeBeforeAnswer)
            let client = try await RawClient.connect(to: server)
            let request = await client.send(try TL.help.GetNearestDc().encoded())
            await #expect(throws: RawClient.Closed.self) { while true { _ = try await client.next() } }
            let key = try #require(await client.key)
            let again = try await RawClient.connect(to: server, key: key, salt: await client.salt)
            await again.send(MTP.Ping(pingID: 1).wireBytes, sequenceNumber: 2)
            let answer = try await again.answer(to: request)
            #expect(answer.result != nil)
            #expect(server.statistics.requests["help.getNearestDc"] == 1)
            await again.close()
        }
    }

    @Test func ignoredRequestIsNeitherExecutedNorAnswered() async throws {
        try await withTestServer { server in
            server.onNext(TL.help.GetConfig.self, .ignore)
            server.onNext(TL.help.GetConfig.self, .neverAnswer)
            let client = try await RawClient.connect(to: server)
            for _ in 0..<2 { await client.send(try TL.help.GetConfig().encoded()) }
            let last = await client.send(try TL.help.GetConfig().encoded())
            var results: [MessageID] = []
            while !results.contains(last) { results += try await client.next().compactMap { $0.result?.request } }
            #expect(results == [last])
            #expect(server.statistics.requests["help.getConfig"] == 2)
            await client.close()
        }
    }
}
