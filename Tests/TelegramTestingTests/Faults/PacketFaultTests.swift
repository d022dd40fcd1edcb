import MTProto
import MTProtoCrypto
import TelegramAPI
import Testing

@testable import TelegramTesting

/// A client and a server with a bad line between them.
@Suite(.timeLimit(.minutes(10))) struct PacketFaultTests {
    /// Sends numbered requests through a bad line, and expects each to be executed exactly once.
    /// - Parameters:
    ///   - callers: How many requests are under way at once.
    ///   - pingInterval: The longest time in which nothing leaves.
    private func sendRequests(
        _ count: Int,
        callers: Int = 1,
        pingInterval: Duration = .seconds(1),
        _ plan: FaultPlan
    ) async throws -> TestServerStatistics {
        try await withTestServer { server in
            server.answer(TL.messages.SaveDraft.self) { request, session in
                session.keyStorage.update(default: [String: Int]()) { $0[request.message, default: 0] += 1 }
                return true
            }
            server.faults = plan
            try await server.withSender { configuration in
                configuration.session.stateTimeout = .milliseconds(200)
                configuration.session.pingInterval = pingInterval
                configuration.session.pingTimeout = .seconds(1)
            } _: { sender in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for caller in 0..<callers {
                        group.addTask {
                            for number in stride(from: caller, to: count, by: callers) {
                                let draft = TL.messages.SaveDraft(peer: .inputPeerSelf, message: "\(number)")
                                let isDone = try await sender.call(draft, options: RequestOptions(isRepeatable: true))
                                #expect(isDone)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            let executions = server.sessions.first?.keyStorage[[String: Int].self] ?? [:]
            #expect(executions.count == count, "seed \(plan.seed)")
            #expect(server.statistics.executions.values.allSatisfy { $0 == 1 }, "seed \(plan.seed)")
            return server.statistics
        }
    }

    @Test func duplicatesAreNeverExecutedTwice() async throws {
        var plan = FaultPlan(seed: 1)
        plan.fromClient.chances = [.duplicate: 1]
        plan.toClient.chances = [.duplicate: 1]
        let statistics = try await sendRequests(20, plan)
        // A container that comes twice is refused as a whole.
        #expect(statistics.repeatedMessages + (statistics.refusedMessages[19] ?? 0) >= 20)
        #expect(statistics.requests["messages.saveDraft"] == 20)
    }

    @Test func closedConnectionsAreMadeAgain() async throws {
        var plan = FaultPlan(seed: 2)
        plan.fromClient.script = [4: .closeAfter]
        let statistics = try await sendRequests(10, plan)
        #expect(statistics.connectionsAccepted > 2)
    }

    @Test func brokenConnectionsAreMadeAgain() async throws {
        var plan = FaultPlan(seed: 3)
        plan.toClient.script = [3: .reset]
        let statistics = try await sendRequests(10, plan)
        #expect(statistics.connectionsAccepted > 2)
    }

    @Test func swappedPacketsDoNoHarm() async throws {
        var plan = FaultPlan(seed: 4)
        plan.toClient.script = [2: .holdBack(packets: 1), 6: .holdBack(packets: 1), 11: .holdBack(packets: 2)]
        plan.fromClient.script = [3: .holdBack(packets: 1), 8: .holdBack(packets: 2)]
        let statistics = try await sendRequests(40, callers: 4, pingInterval: .milliseconds(50), plan)
        #expect(statistics.faults["holdBack"] ?? 0 >= 5)
        #expect(statistics.requests["messages.saveDraft"] == 40)
    }

    @Test func corruptedPacketsAreNotBelieved() async throws {
        var plan = FaultPlan(seed: 5)
        plan.fromClient.script = [2: .corruptBit]
        let statistics = try await sendRequests(6, plan)
        #expect(statistics.undecryptablePackets > 0)
    }
}
