import MTProto
import Testing

@testable import TelegramTesting

/// Many calls at once by one sender, while things go wrong.
struct ChaosRun: Sendable, CustomTestStringConvertible {
    /// What happens between calls, to everybody at once.
    enum Disruption: Sendable, CaseIterable {
        case closeConnections
        case breakConnections
        case reconnectNow
        case transportError
        case changeSalts
        case forgetSessions
        case skewServer
        case skewClient
    }

    var seed: UInt64
    var callCount: Int32 = 1_000
    var transport = TransportKind.full
    var forwardSecrecy = false
    /// What goes wrong with packets, in both directions.
    var faults = ChaosRun.brokenLine
    var disruptions: [Disruption] = []
    /// A disruption comes every so many calls.
    var disruptionInterval: Int32 = 50
    /// Callers, each of which makes one call after the other.
    var callerCount = 32
    /// How many in a hundred calls are cancelled, sooner or later.
    var cancelledPercentage = 4

    var testDescription: String {
        "seed \(seed), \(callCount) calls, \(transport)" + (forwardSecrecy ? ", forward secrecy" : "")
            + disruptions.map { ", \($0)" }.joined()
    }

    /// A line that breaks at any packet.
    static let brokenLine: [FaultPlan.Fault: Double] = [
        .closeBefore: 0.02, .closeAfter: 0.02, .reset: 0.02, .duplicate: 0.04, .delay(.milliseconds(2)): 0.04,
    ]

    /// The same with packets that come once and in order, as over any connection that is not attacked. When the server
    /// forgets, or changes its mind about the time, between two packets that have been swapped or are copies of each
    /// other, nobody can tell what it has executed.
    static let orderlyLine: [FaultPlan.Fault: Double] = [.closeBefore: 0.03, .closeAfter: 0.03, .reset: 0.03]

    /// What became of the calls.
    struct Report: Sendable {
        var answered = 0
        var cancelled = 0
        var outcomeUnknown = 0
        /// Calls that the server refused again and again, because a clock jumped each time.
        var refused = 0
        /// Calls that ended in any other way.
        var failures: [String] = []
        /// Calls that were answered, but not executed exactly once.
        var wronglyAnswered: [Int32] = []
        /// Calls that were executed more than once, whatever became of them.
        var executedAgain: [Int32] = []
        var statistics = TestServerStatistics()
        var duration = Duration.zero
    }

    func run() async throws -> Report {
        try await withTestServer { server in
            let echo = EchoService(on: server)
            var plan = FaultPlan(seed: seed)
            plan.fromClient.chances = faults
            plan.toClient.chances = faults
            server.faults = plan
            let start = SystemTime().now().monotonic
            weak var remaining: Sender?
            let clientTime = SkewedTime()
            var report = try await server.withSender(transport: transport) { configuration in
                configuration.time = clientTime
                configuration.forwardSecrecy = forwardSecrecy
                configuration.connectionRetries = nil
                // A session that the server has forgotten shows with the next message, which is a ping when all callers
                // wait.
                configuration.session.pingInterval = .milliseconds(500)
                configuration.backoff = Backoff(initial: .milliseconds(1), maximum: .milliseconds(20))
            } _: { sender in
                remaining = sender
                let chaos = Chaos(self, server: server, sender: sender, clientTime: clientTime)
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<callerCount { group.addTask { await chaos.callUntilTheEnd() } }
                }
                #expect(await comesTrue { await sender.requestCount == 0 }, "\(testDescription)")
                return chaos.report(executedBy: echo)
            }
            #expect(await comesTrue { remaining == nil }, "the sender is still referred to: \(testDescription)")
            #expect(await comesTrue { server.statistics.connectionsOpen == 0 }, "\(testDescription)")
            report.statistics = server.statistics
            report.duration = SystemTime().now().monotonic - start
            return report
        }
    }
}
