import MTProto
import MTProtoCrypto
import TelegramAPI
import Testing

@testable import TelegramTesting

/// A client and a server with a bad line between them.
@Suite(.timeLimit(.minutes(10))) struct PacketFaultTests {
    /// Sends numbered requests through a bad line, and expects each to be executed exactly once.
    private func sendRequests(_ count: Int, _ plan: FaultPlan) async throws -> TestServerStatistics {
        try await withTestServer { server in
            server.answer(TL.messages.SaveDraft.self) { request, session in
                session.keyStorage.update(default: [String: Int]()) { $0[request.message, default: 0] += 1 }
                return true
            }
            server.faults = plan
            try await server.withSender { configuration in
                configuration.session.stateTimeout = .milliseconds(200)
                configuration.session.pingInterval = .seconds(1)
                configuration.session.pingTimeout = .seconds(1)
            } _: { sender in
                for number in 0..<count {
                    let draft = TL.messages.SaveDraft(peer: .inputPeerSelf, message: "\(number)")
                    let isDone = try await sender.call(draft, options: RequestOptions(isRepeatable: true))
                    #expect(isDone)
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
        plan.toClient.script = [1: .duplicate, 2: .duplicate]
        plan.fromClient.script = [1: .duplicate]
        _ = try await sendRequests(10, plan)
    }

    @Test func corruptedPacketsAreNotBelieved() async throws {
        var plan = FaultPlan(seed: 5)
        plan.fromClient.script = [2: .corruptBit]
        let statistics = try await sendRequests(6, plan)
        #expect(statistics.undecryptablePackets > 0)
    }
}
