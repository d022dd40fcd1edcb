import MTProto
import MTProtoCrypto
import TLRuntime
import Testing

@Suite(.timeLimit(.minutes(10)))
struct SenderRequestTests {
    private static let refusal: @Sendable (ScriptedServer.Message) -> [ScriptedServer.Reply] = { message in
        guard message.constructor == ScriptedServer.echo else { return [] }
        let error = MTP.RpcError(errorCode: 420, errorMessage: "FLOOD_WAIT_7")
        return [.result(message.id, (try? error.encoded()) ?? [])]
    }

    @Test func answerComesBack() async throws {
        try await SenderFixture.run { sender, _ in
            let body = ScriptedServer.echo(7, count: 2_000)
            let answer = try await sender.invoke(body, name: "echo")
            #expect(answer == body)
        }
    }

    @Test func manyCallsAtOnceGetTheirOwnAnswers() async throws {
        try await SenderFixture.run { sender, _ in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<500 {
                    group.addTask {
                        let body = ScriptedServer.echo(UInt32(number), count: 4 + 4 * (number % 100))
                        return try await sender.invoke(body, name: "echo") == body
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test func requestsOfOneTurnShareAPacket() async throws {
        let packets = Locked<[Int]>([])
        try await SenderFixture.run(script: { message in
            guard message.constructor != MTP.PingDelayDisconnect.id else { return [] }
            packets.withLock { $0.append(message.packet) }
            let pong = MTP.Pong(msgID: 1, pingID: 1)
            return [.result(message.id, (try? pong.encoded()) ?? [])]
        }) { sender, _ in
            _ = try await sender.ping()
            packets.withLock { $0 = [] }
            _ = try await sender.callOrdered((0..<10).map { EchoFunction(number: $0) })
        }
        let found = packets.withLock { $0 }
        #expect(found.count >= 10 && Set(found.prefix(10)).count == 1)
    }

    @Test func refusalBecomesTheInjectedError() async throws {
        struct Refused: Error, Equatable {
            let code: Int
            let name: String
            let method: String?
        }
        try await SenderFixture.run(
            script: { message in
                let error = MTP.RpcError(errorCode: -420, errorMessage: "FLOOD_WAIT_7")
                return message.constructor == EchoFunction.id ? [.result(message.id, (try? error.encoded()) ?? [])] : []
            },
            configure: { $0.makeError = { Refused(code: $0, name: $1, method: $2?.name) } }
        ) { sender, _ in
            await #expect(throws: Refused(code: -420, name: "FLOOD_WAIT_7", method: "test.echo")) {
                try await sender.call(EchoFunction(number: 1))
            }
        }
    }

    @Test func refusalIsAnRPCErrorUnlessSomebodyKnowsBetter() async throws {
        try await SenderFixture.run(script: Self.refusal) { sender, _ in
            let error = await #expect(throws: RPCError.self) {
                try await sender.invoke(ScriptedServer.echo(1), name: "echo")
            }
            #expect(error?.name == "FLOOD_WAIT_7" && error?.code == 420)
        }
    }

    @Test func answerThatCannotBeDecodedFailsItsRequestOnly() async throws {
        try await SenderFixture.run(script: { message in
            switch message.constructor {
            case EchoFunction.id: [.result(message.id, [1, 2, 3, 4])]
            default: ScriptedServer.echoing(message)
            }
        }) { sender, server in
            #expect(await SenderFixture.code { try await sender.call(EchoFunction(number: 1)) } == .undecodableAnswer)
            let body = ScriptedServer.echo(1)
            let answer = try await sender.invoke(body, name: "echo")
            #expect(answer == body)
            #expect(server.acceptedCount == 1)
        }
    }

    @Test func typedAnswerIsDecoded() async throws {
        try await SenderFixture.run(script: { message in
            guard message.constructor == EchoFunction.id else { return [] }
            let pong = MTP.Pong(msgID: 1, pingID: message.body[...].integer(at: 4) ?? 0)
            return [.result(message.id, (try? pong.encoded()) ?? [])]
        }) { sender, _ in
            let answer = try await sender.call(EchoFunction(number: 99)).pingID
            #expect(answer == 99)
        }
    }

    @Test func pingMeasuresTheWay() async throws {
        try await SenderFixture.run { sender, _ in
            let duration = try await sender.ping()
            #expect(duration > .zero && duration < .seconds(30))
        }
    }

    // MARK: - Cancellation

    @Test func cancelledRequestEndsAtOnceAndTheServerIsTold() async throws {
        try await SenderFixture.run(script: { _ in [] }) { sender, server in
            let call = Task { try await sender.invoke(ScriptedServer.echo(1), name: "echo") }
            let message = await server.nextEcho()
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
            let drop = await server.next(0x58e4_a740)
            #expect(drop?.body[...].integer(at: 4, as: Int64.self) == message?.id.rawValue)
        }
    }

    @Test func requestOfACancelledTaskIsNeverSent() async throws {
        let seen = Locked(0)
        try await SenderFixture.run(script: { message in
            if message.constructor == ScriptedServer.echo, message.body[4] == 1 { seen.withLock { $0 += 1 } }
            return ScriptedServer.echoing(message)
        }) { sender, _ in
            let call = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await sender.invoke(ScriptedServer.echo(1), name: "echo")
            }
            await #expect(throws: CancellationError.self) { try await call.value }
            _ = try await sender.invoke(ScriptedServer.echo(2), name: "echo")
        }
        #expect(seen.withLock { $0 } == 0)
    }

    // MARK: - Limits

    @Test func callersAboveTheLimitWaitInOrder() async throws {
        try await SenderFixture.run(script: { _ in [] }, configure: { $0.maximumInFlight = 2 }) { sender, server in
            try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for number in 1...5 {
                    group.addTask { try await sender.invoke(ScriptedServer.echo(UInt32(number)), name: "echo") }
                    // Each call is in before the next one is made.
                    while await sender.requestCount < number { await Task.yield() }
                }
                var seen: [UInt8] = []
                var waiting: [ScriptedServer.Message] = []
                while seen.count < 5 {
                    let message = try #require(await server.nextEcho())
                    seen.append(message.body[4])
                    waiting.append(message)
                    #expect(waiting.count <= 2)
                    guard waiting.count == 2 || seen.count == 5 else { continue }
                    for message in waiting { server.send([.result(message.id, message.body)], on: message.connection) }
                    waiting = []
                }
                #expect(seen == [1, 2, 3, 4, 5])
                for try await _ in group {}
            }
        }
    }

    @Test func callerInLineCanGiveUp() async throws {
        try await SenderFixture.run(script: { _ in [] }, configure: { $0.maximumInFlight = 1 }) { sender, server in
            async let first = sender.invoke(ScriptedServer.echo(1), name: "echo")
            let message = try #require(await server.nextEcho())
            let second = Task { try await sender.invoke(ScriptedServer.echo(2), name: "echo") }
            while await sender.requestCount < 2 { await Task.yield() }
            second.cancel()
            await #expect(throws: CancellationError.self) { try await second.value }
            async let third = sender.invoke(ScriptedServer.echo(3), name: "echo")
            server.send([.result(message.id, message.body)], on: 1)
            _ = try await first
            let next = try #require(await server.nextEcho())
            #expect(next.body[4] == 3)
            server.send([.result(next.id, next.body)], on: 1)
            _ = try await third
        }
    }

    // MARK: - Order

    @Test func orderedRequestsNameTheirPredecessors() async throws {
        let messages = Locked<[ScriptedServer.Message]>([])
        try await SenderFixture.run(script: { message in
            var body = message.body[...]
            if body.constructor == 0xcb9f_372d { body = body.dropFirst(12) }
            guard body.constructor == EchoFunction.id else { return [] }
            messages.withLock { $0.append(message) }
            let pong = MTP.Pong(msgID: 1, pingID: body.integer(at: 4) ?? 0)
            return [.result(message.id, (try? pong.encoded()) ?? [])]
        }) { sender, _ in
            let results = try await sender.callOrdered([1, 2, 3].map { EchoFunction(number: $0) })
            #expect(try results.map { try $0.get().pingID } == [1, 2, 3])
            let mixed = try await sender.callOrdered(mixed: [EchoFunction(number: 4), EchoFunction(number: 5)])
            #expect(try mixed.map { (try $0.get() as? MTP.Pong)?.pingID } == [4, 5])
        }
        let found = messages.withLock { $0 }
        #expect(found.count == 5)
        for (index, message) in found.enumerated() where ![0, 3].contains(index) {
            #expect(message.body[...].integer(at: 4, as: Int64.self) == found[index - 1].id.rawValue)
        }
    }

    @Test func requestsBehindAFailedOneAreNotSent() async throws {
        let count = Locked(0)
        try await SenderFixture.run(
            script: { message in
                guard message.constructor == EchoFunction.id else { return [] }
                count.withLock { $0 += 1 }
                let error = MTP.RpcError(errorCode: 400, errorMessage: "NO")
                return [.result(message.id, (try? error.encoded()) ?? [])]
            },
            configure: { $0.maximumInFlight = 1 }
        ) { sender, _ in
            let results = try await sender.callOrdered([1, 2, 3].map { EchoFunction(number: $0) })
            let errors = results.map { result in #expect(throws: (any Error).self) { try result.get() } }
            #expect((errors[0] as? RPCError)?.name == "NO")
            #expect(errors.dropFirst().map { ($0 as? MTProtoError)?.code } == [.predecessorFailed, .predecessorFailed])
            // The place in the limits is free again.
            _ = try? await sender.call(EchoFunction(number: 4))
        }
        #expect(count.withLock { $0 } == 2)
    }

    @Test func cancelledBatchEndsAsAWhole() async throws {
        try await SenderFixture.run(script: { _ in [] }, configure: { $0.maximumInFlight = 2 }) { sender, server in
            let call = Task { try await sender.callOrdered((1...5).map { EchoFunction(number: $0) }) }
            _ = await server.next(EchoFunction.id)
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
            #expect(await sender.requestCount == 0)
        }
    }

    @Test func emptyBatchHasNoResults() async throws {
        try await SenderFixture.run { sender, _ in
            let results = try await sender.callOrdered([EchoFunction]())
            #expect(results.isEmpty)
        }
    }
}

/// A function whose answer is a `pong`.
struct EchoFunction: TLFunction {
    typealias Response = MTP.Pong
    static var id: UInt32 { 0x0000_ec41 }
    static var name: String { "test.echo" }
    static var usableBy: TLAvailability { .both }
    static var knownErrors: [RPCError.Type] { [] }

    let number: Int64

    func encode(into writer: inout TLWriter) {
        writer.word(Self.id)
        writer.long(number)
    }
}
