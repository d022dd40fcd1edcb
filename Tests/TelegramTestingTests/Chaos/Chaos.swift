import MTProto
import MTProtoCrypto

@testable import TelegramTesting

/// The callers of a ``ChaosRun``, and what they see.
final class Chaos: Sendable {
    private struct State {
        var generator: SplitMix64
        var lastNumber: Int32 = 0
        var answered: [Int32] = []
        var report = ChaosRun.Report()
    }

    private enum Outcome {
        case answered
        case cancelled
        case outcomeUnknown
        case refused
        case failed(any Error)
    }

    private let run: ChaosRun
    private let server: TestServer
    private let sender: Sender
    private let clientTime: SkewedTime
    private let state: Locked<State>

    init(_ run: ChaosRun, server: TestServer, sender: Sender, clientTime: SkewedTime) {
        self.run = run
        self.server = server
        self.sender = sender
        self.clientTime = clientTime
        state = Locked(State(generator: SplitMix64(seed: run.seed)))
    }

    func report(executedBy echo: EchoService) -> ChaosRun.Report {
        var (report, answered) = state.withLock { ($0.report, $0.answered) }
        report.wronglyAnswered = answered.filter { echo.executions(of: $0) != 1 }
        report.executedAgain = echo.repeated
        return report
    }

    // MARK: - Calls

    func callUntilTheEnd() async {
        while let number = nextNumber() {
            if number % run.disruptionInterval == 0, !run.disruptions.isEmpty { await disrupt() }
            note(await outcome(of: number), of: number)
        }
    }

    private func nextNumber() -> Int32? {
        state.withLock { state in
            guard state.lastNumber < run.callCount else { return nil }
            state.lastNumber += 1
            return state.lastNumber
        }
    }

    private func outcome(of number: Int32) async -> Outcome {
        guard random(below: 100) < run.cancelledPercentage else { return await endure(number) }
        let task = Task { await endure(number) }
        // Some are cancelled before they have begun, some when it is too late.
        for _ in 0..<random(below: 200) { await Task.yield() }
        task.cancel()
        return await task.value
    }

    private func endure(_ number: Int32) async -> Outcome {
        do {
            try await EchoService.call(number, by: sender)
            return .answered
        } catch is CancellationError {
            return .cancelled
        } catch let error as MTProtoError where error.code == .outcomeUnknown {
            return .outcomeUnknown
        } catch let error as MTProtoError where error.code == .badMessage {
            return .refused
        } catch {
            return .failed(error)
        }
    }

    private func note(_ outcome: Outcome, of number: Int32) {
        state.withLock { state in
            switch outcome {
            case .answered:
                state.report.answered += 1
                state.answered.append(number)
            case .cancelled: state.report.cancelled += 1
            case .outcomeUnknown: state.report.outcomeUnknown += 1
            case .refused: state.report.refused += 1
            case .failed(let error): state.report.failures.append("\(number): \(error)")
            }
        }
    }

    // MARK: - Disruptions

    private func disrupt() async {
        let disruption = run.disruptions[random(below: run.disruptions.count)]
        switch disruption {
        case .closeConnections: await server.closeConnections()
        case .breakConnections: await server.closeConnections(breakingOff: true)
        case .reconnectNow: await sender.reconnectNow()
        case .transportError: await server.sendTransportError(-500)
        case .changeSalts: await server.changeSalts()
        case .forgetSessions: await server.forgetSessions()
        case .skewServer: server.clock.skew = .seconds(random(below: 14_400) - 7_200)
        case .skewClient: clientTime.skew = .seconds(random(below: 14_400) - 7_200)
        }
    }

    private func random(below limit: Int) -> Int {
        state.withLock { Int.random(in: 0..<limit, using: &$0.generator) }
    }
}
