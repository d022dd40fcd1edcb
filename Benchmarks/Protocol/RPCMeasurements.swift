import MTProto
import TelegramAPI

/// Requests a second, and the time of one round trip: the same calls that `rpc_peers.py` makes with other clients.
struct RPCMeasurements {
    let facts: ServerFacts

    private static let oneByOne = 2_000
    private static let total = 100_000
    private static let atOnce = 100

    func all() async throws -> [String: Double] {
        let sender = try facts.sender()
        let start = Stopwatch()
        try await sender.connect()
        let connect = start.elapsed()
        for _ in 0..<200 { _ = try await sender.call(TL.help.GetNearestDc()) }

        var times: [Double] = []
        for _ in 0..<Self.oneByOne {
            let watch = Stopwatch()
            _ = try await sender.call(TL.help.GetNearestDc())
            times.append(watch.elapsed())
        }

        let watch = Stopwatch()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.atOnce {
                group.addTask {
                    for _ in 0..<Self.total / Self.atOnce { _ = try await sender.call(TL.help.GetNearestDc()) }
                }
            }
            try await group.waitForAll()
        }
        let (seconds, cpu) = (watch.elapsed(), watch.processorTime())
        await sender.disconnect()
        return [
            "connectMilliseconds": connect * 1e3,
            "medianMicroseconds": times.sorted()[times.count / 2] * 1e6,
            "requestsPerSecond": Double(Self.total) / seconds,
            "cpuMicrosecondsPerRequest": cpu / Double(Self.total) * 1e6,
        ]
    }
}
