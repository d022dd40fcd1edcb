import MTProto
import Testing

@testable import TelegramTesting

/// Calls over lines that break, and to servers that forget.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ChaosTests {
    /// Runs it and tells what it was like.
    private func report(on run: ChaosRun) async throws -> ChaosRun.Report {
        let report = try await run.run()
        let statistics = report.statistics
        print(
            "chaos: \(run.testDescription): \(report.answered) answered, \(report.cancelled) cancelled,",
            "\(report.outcomeUnknown) unknown, \(report.refused) refused, \(report.failures.count) failed in \(report.duration);",
            "\(statistics.connectionsAccepted) connections, \(statistics.sessionsCreated) sessions,",
            "\(statistics.keyExchanges) key exchanges, \(statistics.packetsReceived) packets,",
            "\(statistics.repeatedMessages) repeated, refused \(statistics.refusedMessages), faults \(statistics.faults)"
        )
        #expect(report.executedAgain == [], "executed more than once, \(run.testDescription)")
        #expect(report.wronglyAnswered == [], "answered without being executed once, \(run.testDescription)")
        #expect(report.failures == [], "\(run.testDescription)")
        let jumps = run.disruptions.contains { $0 == .skewServer || $0 == .skewClient }
        #expect(jumps || report.refused == 0, "\(run.testDescription)")
        let sum =
            report.answered + report.cancelled + report.outcomeUnknown + report.refused + report.failures.count
        #expect(sum == Int(run.callCount), "\(run.testDescription)")
        return report
    }

    @Test func everyCallOverABrokenLineIsAnsweredOnce() async throws {
        let report = try await report(on: ChaosRun(seed: 1, callCount: 10_000))
        #expect(report.outcomeUnknown == 0)
        #expect(report.statistics.connectionsAccepted > 20)
    }

    @Test(arguments: TransportKind.all)
    func everyTransportGetsThrough(transport: TransportKind) async throws {
        let run = ChaosRun(
            seed: 2,
            transport: transport,
            disruptions: [.closeConnections, .breakConnections, .reconnectNow]
        )
        #expect(try await report(on: run).outcomeUnknown == 0)
    }

    @Test(arguments: [3, 4, 5] as [UInt64])
    func connectionsThatEndAllTheTimeLoseNothing(seed: UInt64) async throws {
        let run = ChaosRun(
            seed: seed,
            disruptions: [.closeConnections, .breakConnections, .reconnectNow, .transportError],
            disruptionInterval: 20
        )
        #expect(try await report(on: run).outcomeUnknown == 0)
    }

    @Test(arguments: [6, 7] as [UInt64])
    func temporaryKeysChangeNothing(seed: UInt64) async throws {
        let run = ChaosRun(seed: seed, forwardSecrecy: true, disruptions: [.closeConnections, .breakConnections])
        #expect(try await report(on: run).outcomeUnknown == 0)
    }

    @Test(arguments: [8, 9, 10] as [UInt64])
    func saltsMayChangeAtAnyMoment(seed: UInt64) async throws {
        let run = ChaosRun(
            seed: seed,
            faults: ChaosRun.orderlyLine,
            disruptions: [.changeSalts, .changeSalts, .breakConnections],
            disruptionInterval: 20
        )
        #expect(try await report(on: run).outcomeUnknown == 0)
    }

    @Test(arguments: [11, 12, 13] as [UInt64])
    func sessionLossNeverRepeatsACall(seed: UInt64) async throws {
        let run = ChaosRun(
            seed: seed,
            faults: ChaosRun.orderlyLine,
            disruptions: [.forgetSessions, .forgetSessions, .breakConnections],
            disruptionInterval: 100
        )
        #expect(try await report(on: run).answered > 500)
    }

    @Test(arguments: [14, 15, 16] as [UInt64])
    func clocksMayJumpAtAnyMoment(seed: UInt64) async throws {
        let run = ChaosRun(
            seed: seed,
            faults: ChaosRun.orderlyLine,
            disruptions: [.skewServer, .skewClient, .breakConnections]
        )
        #expect(try await report(on: run).answered > 500)
    }

    @Test(
        arguments: [
            (17, .full), (18, .obfuscatedIntermediate), (19, .http), (20, .abridged),
        ] as [(UInt64, TransportKind)]
    )
    func everythingAtOnceNeverRepeatsACall(seed: UInt64, transport: TransportKind) async throws {
        let run = ChaosRun(
            seed: seed,
            transport: transport,
            forwardSecrecy: seed == 20,
            faults: ChaosRun.orderlyLine,
            disruptions: ChaosRun.Disruption.allCases
        )
        #expect(try await report(on: run).answered > 500)
    }
}
