import MTProto
import TLRuntime
import TelegramAPI
import Testing

@testable import TelegramTesting

/// What becomes of requests.
@Suite(.timeLimit(.minutes(10))) struct TestServerHandlerTests {
    private struct SomeError: Error {}

    @Test func handlerAnswersWithTheRequestAndItsSession() async throws {
        try await withTestServer { server in
            server.on(TL.messages.SaveDraft.self) { request, session in
                session.storage.update(default: [String]()) { $0.append(request.message) }
                return session.dataCenterID == 1
                    && TestRequest.current?.wrappers == ["invokeWithLayer", "initConnection"]
            }
            let answer = try await server.withSender(dataCenter: 1) {
                try await $0.call(TL.messages.SaveDraft(peer: .inputPeerSelf, message: "hello"))
            }
            #expect(answer)
            #expect(server.statistics.requests == ["messages.saveDraft": 1])
        }
    }

    @Test func errorsReachTheClient() async throws {
        try await withTestServer { server in
            server.on(TL.help.GetSupport.self) { _, _ in throw RPCError.make(code: 420, name: "FLOOD_WAIT_7") }
            server.on(TL.help.GetSupportName.self) { _, _ in throw SomeError() }
            try await server.withSender { sender in
                let flood = await #expect(throws: RPCError.FloodWait.self) {
                    try await sender.call(TL.help.GetSupport())
                }
                #expect(flood?.seconds == 7)
                let other = await #expect(throws: RPCError.self) { try await sender.call(TL.help.GetSupportName()) }
                #expect(other?.code == 500 && other?.name == "INTERNAL_SomeError")
            }
        }
    }

    @Test func requestWithoutHandlerIsCounted() async throws {
        try await withTestServer { server in
            try await server.withSender { sender in
                let error = await #expect(throws: RPCError.self) { try await sender.call(TL.help.GetCdnConfig()) }
                #expect(error?.name == "METHOD_NOT_IMPLEMENTED" && error?.code == 400)
                server.on(anything: { request, _ in
                    request is TL.help.GetCdnConfig ? TL.CdnConfig(publicKeys: []) : nil
                })
                let config = try await sender.call(TL.help.GetCdnConfig())
                #expect(config.publicKeys.isEmpty)
                await #expect(throws: RPCError.self) { try await sender.call(TL.help.GetInviteText()) }
            }
            #expect(server.unimplementedCalls == ["help.getCdnConfig": 1, "help.getInviteText": 1])
        }
    }

    @Test(
        arguments: [
            ([0x78, 0x56, 0x34, 0x12], "INPUT_METHOD_INVALID_305419896"),
            ([0x6b, 0x18, 0xf9, 0xc4, 0, 0, 0, 0], "INPUT_REQUEST_TOO_LONG"),
            ([0x91, 0x98, 0xc9, 0x0d], "INPUT_METHOD_INVALID_231315601"),
            ([0x0d, 0x0d, 0x9b, 0xda, 1, 0, 0, 0, 1, 0, 0, 0], "INPUT_METHOD_INVALID_1"),
            ([0x0d, 0x0d, 0x9b, 0xda, 1, 0], "INPUT_FETCH_ERROR"),
        ] as [([UInt8], String)]
    )
    func bytesThatAreNoRequestAreRefused(bytes: [UInt8], name: String) async throws {
        let padded = bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
        guard padded.count == bytes.count else {
            #expect(throws: RPCError.self) { try UnwrappedRequest(decoding: bytes, maximumDepth: 4) }
            return
        }
        try await withTestServer { server in
            try await server.withSender { configuration in
                configuration.announcement = nil
            } _: { sender in
                let error = await #expect(throws: RPCError.self) { try await sender.invoke(bytes, name: "garbage") }
                #expect(error?.name == name)
            }
        }
    }

    @Test func wrappersNestOnlySoDeeply() throws {
        func wrapped(_ function: some TL.Function, _ depth: Int) throws -> [UInt8] {
            if depth == 0 { return try function.encoded() }
            return try wrapped(TL.InvokeWithoutUpdates(query: function), depth - 1)
        }
        let allowed = try wrapped(TL.help.GetConfig(), 5)
        #expect(try UnwrappedRequest(decoding: allowed, maximumDepth: 5).context.wrappers.count == 5)
        #expect(throws: RPCError.self) { try UnwrappedRequest(decoding: allowed, maximumDepth: 4) }
        var bomb = [UInt8]()
        for _ in 0..<1_000 { bomb += try TL.InvokeWithoutUpdates(query: TL.help.GetConfig()).encoded().prefix(4) }
        #expect(throws: RPCError.self) { try UnwrappedRequest(decoding: bomb, maximumDepth: 16) }
    }

    @Test func everyWrapperOfTheSchemaIsUnwrapped() throws {
        let query = TL.help.GetNearestDc()
        let wrappers: [any TL.Function] = [
            TL.InvokeWithLayer(layer: 5, query: query), TL.InvokeAfterMsg(msgID: 8, query: query),
            TL.InvokeAfterMsgs(msgIDs: [4, 12], query: query), TL.InvokeWithoutUpdates(query: query),
            TL.InvokeWithTakeout(takeoutID: 3, query: query),
            TL.InvokeWithMessagesRange(range: TL.MessageRange(minID: 1, maxID: 2), query: query),
            TL.InvokeWithBusinessConnection(connectionID: "b", query: query),
            TL.InvokeWithApnsSecret(nonce: "n", secret: "s", query: query),
            TL.InvokeWithGooglePlayIntegrity(nonce: "n", token: "t", query: query),
            TL.InvokeWithReCaptcha(token: "t", query: query),
        ]
        var contexts: [RequestContext] = []
        for wrapper in wrappers {
            let request = try UnwrappedRequest(decoding: try wrapper.encoded(), maximumDepth: 1)
            #expect(request.name == "help.getNearestDc", "\(type(of: wrapper).name)")
            contexts.append(request.context)
        }
        #expect(contexts[0].layer == 5 && contexts[1].predecessors == [8] && contexts[2].predecessors == [4, 12])
        #expect(contexts[3].wantsNoUpdates && contexts[4].takeoutID == 3 && contexts[6].businessConnectionID == "b")
    }

    @Test func orderedRequestsRunOneAfterTheOther() async throws {
        try await withTestServer { server in
            let (gate, opener) = AsyncStream.makeStream(of: Void.self)
            server.on(TL.messages.SaveDraft.self) { request, session in
                if request.message == "first" { for await _ in gate { break } }
                session.keyStorage.update(default: [String]()) { $0.append(request.message) }
                return true
            }
            try await server.withSender { sender in
                async let answers = callOrdered(sender, ["first", "second", "third"])
                _ = try await server.waitForSession()
                // The second request must not overtake the first, which has not ended.
                _ = try await sender.call(TL.help.GetConfig())
                #expect(server.sessions.first?.keyStorage[[String].self] == nil)
                opener.yield()
                #expect(try await answers)
                #expect(server.sessions.first?.keyStorage[[String].self] == ["first", "second", "third"])
            }
        }
    }

    private func callOrdered(_ sender: Sender, _ texts: [String]) async throws -> Bool {
        let answers = try await sender.callOrdered(
            texts.map { TL.messages.SaveDraft(peer: .inputPeerSelf, message: $0) }
        )
        return try answers.allSatisfy { try $0.get() }
    }

    @Test func droppedRequestCancelsItsHandler() async throws {
        try await withTestServer { server in
            let (events, sink) = AsyncStream.makeStream(of: String.self)
            server.on(TL.help.GetSupport.self) { _, _ in
                sink.yield("begun")
                // Nothing is ever sent here: the stream ends when the task is cancelled.
                let (never, keeper) = AsyncStream.makeStream(of: Void.self)
                for await _ in never {}
                keeper.finish()
                sink.yield("cancelled: \(Task.isCancelled)")
                throw CancellationError()
            }
            try await server.withSender { sender in
                var seen = events.makeAsyncIterator()
                let call = Task { try await sender.call(TL.help.GetSupport()) }
                #expect(await seen.next() == "begun")
                call.cancel()
                #expect(await seen.next() == "cancelled: true")
                await #expect(throws: CancellationError.self) { try await call.value }
            }
        }
    }

    @Test func unannouncedClientIsToldSo() async throws {
        try await withTestServer { configuration in
            configuration.requiresAnnouncement = true
        } _: { server in
            try await server.withSender { configuration in
                configuration.announcement = nil
            } _: { sender in
                let error = await #expect(throws: RPCError.self) { try await sender.call(TL.help.GetConfig()) }
                #expect(error?.name == "CONNECTION_NOT_INITED")
            }
            _ = try await server.withSender { try await $0.call(TL.help.GetConfig()) }
        }
    }

    @Test func largeAnswerIsCompressedOnTheWire() async throws {
        try await withTestServer { server in
            server.on(TL.help.GetSupportName.self) { _, _ in
                TL.help.SupportName(name: String(repeating: "a", count: 500_000))
            }
            let name = try await server.withSender { try await $0.call(TL.help.GetSupportName()) }
            #expect(name.name.count == 500_000)
            #expect(server.statistics.bytesSent < 20_000)
        }
    }
}
