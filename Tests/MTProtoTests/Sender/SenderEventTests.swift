import MTProto
import MTProtoCrypto
import TLRuntime
import Testing

@Suite(.timeLimit(.minutes(10)))
struct SenderEventTests {
    /// A constructor that no session knows: an update.
    private static func update(_ number: UInt32) -> [UInt8] {
        var body: [UInt8] = []
        body.append(littleEndian: 0x0000_0bad as UInt32)
        body.append(littleEndian: number)
        return body
    }

    @Test func updatesComeInOrder() async throws {
        try await SenderFixture.run(script: { message in
            message.constructor == ScriptedServer.echo
                ? (0..<100).map { .notice(Self.update($0)) } + [.result(message.id, message.body)] : []
        }) { sender, _ in
            _ = try await sender.invoke(ScriptedServer.echo(1), name: "echo")
            var found: [[UInt8]] = []
            while found.count < 100, !Task.isCancelled {
                for case .update(let slice) in await sender.pushes.nextBatch() { found.append(Array(slice)) }
            }
            #expect(found == (0..<100).map { Self.update($0) })
        }
    }

    @Test func updateThatWaitsKeepsNoMoreThanItself() async throws {
        try await SenderFixture.run(script: { message in
            guard message.constructor == ScriptedServer.echo else { return [] }
            return [.notice(Self.update(1)), .result(message.id, message.body)]
        }) { sender, _ in
            _ = try await sender.invoke(ScriptedServer.echo(1), name: "echo")
            for case .update(let slice) in await sender.pushes.nextBatch() {
                // A slice of its packet would begin behind the header.
                #expect(slice.startIndex == 0)
                #expect(slice.elementsEqual(Self.update(1)))
            }
        }
    }

    @Test func slowConsumerNeitherBlocksAnswersNorMissesThatItMissedSomething() async throws {
        try await SenderFixture.run(
            script: { message in
                message.constructor == ScriptedServer.echo
                    ? (0..<100).map { .notice(Self.update($0)) } + [.result(message.id, message.body)] : []
            },
            configure: { $0.maximumBufferedPushes = 10 }
        ) { sender, _ in
            _ = try await sender.invoke(ScriptedServer.echo(1), name: "echo")
            let batch = await sender.pushes.nextBatch()
            guard case .overflow(droppedCount: 90) = batch.first else {
                Issue.record("there is no mark: \(batch.count) elements")
                return
            }
            let rest = batch.dropFirst().compactMap { if case .update(let slice) = $0 { Array(slice) } else { nil } }
            #expect(rest == (90..<100).map { Self.update($0) })
        }
    }

    @Test func noticesTellOfEveryConnection() async throws {
        try await SenderFixture.run { sender, server in
            _ = try await sender.invoke(ScriptedServer.echo(1), name: "echo")
            let states = sender.states
            server.send([.close], on: 1)
            _ = await states.first { $0 == .connected ? nil : true }
            _ = try await sender.invoke(ScriptedServer.echo(1), name: "echo")
            var count = 0
            while count < 2, !Task.isCancelled {
                for case .connected in await sender.notices.nextBatch() { count += 1 }
            }
            #expect(count == 2)
        }
    }

    @Test func credentialsHoldTheKey() async throws {
        try await SenderFixture.run { sender, _ in
            #expect(await sender.credentials?.authKey == ScriptedServer.key)
        }
    }

    @Test func dumpShowsBothDirectionsAndNoContent() async throws {
        let records = Locked<[String]>([])
        try await SenderFixture.run(configure: { configuration in
            configuration.packetDump = { record in records.withLock { $0.append(record.description) } }
        }) { sender, _ in
            _ = try await sender.invoke(ScriptedServer.echo(0x5555_5555), name: "echo")
        }
        let text = records.withLock { $0 }.joined(separator: "\n")
        #expect(text.contains("dc2 sent") && text.contains("dc2 received"))
        #expect(
            text.contains("ping_delay_disconnect(") && text.contains("pong(") && text.contains("0x0000ec40, 8 bytes")
        )
        #expect(!text.contains("55555555"))
    }

    @Test func destroyedKeyIsForgotten() async throws {
        try await SenderFixture.run(script: { message in
            guard message.constructor == MTP.DestroyAuthKey.id else { return [] }
            return [.result(message.id, (try? MTP.DestroyAuthKeyRes.destroyAuthKeyOk.encoded()) ?? [])]
        }) { sender, _ in
            let isDestroyed = try await sender.destroyAuthKey()
            #expect(isDestroyed)
            #expect(await sender.credentials == nil)
            guard case .disconnected(let error?) = sender.state else {
                Issue.record("the state is \(sender.state)")
                return
            }
            #expect(error.code == .authKeyNotFound)
        }
    }

    // MARK: - Key exchange

    @Test func failedCheckIsTriedAgainAndReported() async throws {
        let server = try ScriptedServer { message in
            // An answer to the key exchange that is no answer.
            message.session == 0
                ? [.packet(UnencryptedMessage.packet(body: [1, 2, 3, 4], id: MessageID(1 << 32 | 1)))] : []
        }
        let loops = EventLoopGroup(threads: 1)
        let sender = Sender(configuration: SenderFixture.configuration(for: server, loops) { $0.connectionRetries = 2 })
        let error = await #expect(throws: MTProtoError.self) { try await sender.connect() }
        #expect(error?.code != .cannotConnect)
        #expect(server.acceptedCount == 3)
        #expect(await sender.credentials == nil)
        await server.stop()
        await loops.shutDown()
    }

    @Test func silentServerIsLeftAfterTheTimeout() async throws {
        let server = try ScriptedServer { _ in [] }
        let loops = EventLoopGroup(threads: 1)
        let sender = Sender(
            configuration: SenderFixture.configuration(for: server, loops) {
                $0.connectionRetries = 0
                $0.stepTimeout = .milliseconds(20)
            }
        )
        #expect(await SenderFixture.code { try await sender.connect() } == .cannotConnect)
        await server.stop()
        await loops.shutDown()
    }
}
