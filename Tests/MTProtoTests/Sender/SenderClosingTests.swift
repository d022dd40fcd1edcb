import MTProtoCrypto
import Testing

@testable import MTProto

/// What happens while a sender disconnects.
@Suite(.timeLimit(.minutes(10))) struct SenderClosingTests {
    /// The old connection is still there, and was good; only it is not for use any more.
    @Test(arguments: [true, false])
    func connectDuringASlowDisconnectMakesAnotherConnection(isConfirmed: Bool) async throws {
        try await SenderFixture.run { sender, server in
            await sender.stayInClosing(isConfirmed: isConfirmed)
            try await sender.connect()
            #expect(server.acceptedCount == 2)
            #expect(sender.state == .connected)
            #expect(try await sender.invoke(ScriptedServer.echo(1), name: "echo") == ScriptedServer.echo(1))
        }
    }

    @Test func connectEndsTheDisconnectThatIsUnderWay() async throws {
        try await SenderFixture.run { sender, server in
            await sender.stayInClosing(isConfirmed: true)
            let disconnecting = Task { await sender.disconnect() }
            _ = await sender.waitsForClosing()
            try await sender.connect()
            await disconnecting.value
            #expect(sender.state == .connected)
        }
    }

    @Test func requestsOfTheFormerSessionDoNotLeaveAnyMore() async throws {
        let count = Locked(0)
        try await SenderFixture.run(script: { message in
            if message.constructor == ScriptedServer.echo { count.withLock { $0 += 1 } }
            return []
        }) { sender, server in
            await sender.disconnectWithFormerSession()
            _ = await server.nextClosed()
        }
        #expect(count.withLock { $0 } == 1)
    }
}

extension Sender {
    /// As if the socket were slow to take the last bytes.
    fileprivate func stayInClosing(isConfirmed: Bool) {
        session = nil
        connection?.isConfirmed = isConfirmed
        phase = .closing(until: time.now().monotonic + .seconds(1_000))
    }

    fileprivate func waitsForClosing() async -> Bool {
        while closeWaiters.isEmpty { await Task.yield() }
        return true
    }

    /// Disconnects in the turn in which a former session has a request that has left and another one that has not.
    fileprivate func disconnectWithFormerSession() async {
        func request(_ number: UInt32) -> PendingRequest {
            PendingRequest(
                request: OutgoingRequest(
                    ScriptedServer.echo(number),
                    id: makeRequestID(),
                    name: "echo",
                    options: RequestOptions()
                ),
                byteCount: 8,
                onAcknowledged: nil
            ) { _ in }
        }
        enqueue(request(1))
        retireSession()
        guard let key = AuthKey(bytes: [UInt8](repeating: 0x5a, count: 256)) else { return }
        openSession(key: key, binding: nil, salts: [])
        var late = request(2)
        late.isAdmitted = true
        late.sessionNumber = retiring?.number
        requests[late.request.id] = late
        retiring?.session.submit(late.request)
        await disconnect()
    }
}
