import MTProto
import MTProtoCrypto
import TelegramAPI
import Testing

@testable import TelegramTesting

/// Ordered batches, some of whose requests are refused, over lines that break and to servers that forget.
@Suite(.serialized, .timeLimit(.minutes(10))) struct OrderedChaosTests {
    private static let batchSize: Int32 = 6

    /// What the server has executed, in the order in which it began.
    private final class BatchService: Sendable {
        private let begun = Locked<[Int32: [Int32]]>([:])

        init(on server: TestServer) {
            server.on(TL.langpack.GetDifference.self) { [self] request, _ in
                let (batch, index) = request.fromVersion.quotientAndRemainder(dividingBy: batchSize)
                begun.withLock { $0[batch, default: []].append(index) }
                for _ in 0..<request.fromVersion % 4 { await Task.yield() }
                if index == BatchService.refused(in: batch) { throw RPCError(code: 400, name: "NO") }
                return TL.LangPackDifference(
                    langCode: request.langCode,
                    fromVersion: request.fromVersion,
                    version: 1,
                    strings: []
                )
            }
        }

        /// The request of the batch that the server refuses.
        static func refused(in batch: Int32) -> Int32? { batch % 3 == 0 ? nil : batch % batchSize }

        func executed(in batch: Int32) -> [Int32] { begun.withLock { $0[batch] ?? [] } }
    }

    @Test(arguments: [1, 2, 3] as [UInt64], [true, false])
    func nothingIsExecutedWithoutWhatHadToComeBefore(seed: UInt64, isRepeatable: Bool) async throws {
        try await withTestServer {
            $0.predecessorTimeout = .milliseconds(50)
        } _: { server in
            let service = BatchService(on: server)
            var plan = FaultPlan(seed: seed)
            plan.fromClient.chances = ChaosRun.orderlyLine
            plan.toClient.chances = ChaosRun.orderlyLine
            server.faults = plan
            let batchCount: Int32 = 120
            let answered = Locked(0)
            try await server.withSender { configuration in
                configuration.connectionRetries = nil
                configuration.maximumInFlight = 16
                configuration.session.pingInterval = .milliseconds(500)
                configuration.backoff = Backoff(initial: .milliseconds(1), maximum: .milliseconds(20))
            } _: { sender in
                let next = Locked<Int32>(0)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<8 {
                        group.addTask {
                            while let batch = take(next, below: batchCount) {
                                if batch % 4 == 3 { await disrupt(server, sender, batch / 4) }
                                let results = try await call(batch, by: sender, isRepeatable: isRepeatable)
                                answered.withLock { $0 += check(results, of: batch) }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            for batch in 0..<batchCount {
                let executed = service.executed(in: batch)
                if !isRepeatable { #expect(Set(executed).count == executed.count, "batch \(batch): \(executed)") }
                // What is repeated may come again later.
                var first: [Int32] = []
                for index in executed where !first.contains(index) { first.append(index) }
                #expect(first == Array(0..<Int32(first.count)), "batch \(batch): \(executed)")
                if let refused = BatchService.refused(in: batch) {
                    #expect(first.allSatisfy { $0 <= refused }, "batch \(batch): \(executed), \(refused) was refused")
                }
            }
            #expect(answered.withLock { $0 } > 100)
        }
    }

    private func take(_ next: Locked<Int32>, below limit: Int32) -> Int32? {
        next.withLock { next in
            defer { next += 1 }
            return next < limit ? next : nil
        }
    }

    private func call(
        _ batch: Int32,
        by sender: Sender,
        isRepeatable: Bool
    ) async throws -> [Result<TL.LangPackDifference, any Error>] {
        let requests = (0..<Self.batchSize).map { EchoService.request(batch * Self.batchSize + $0) }
        return try await sender.callOrdered(requests, options: RequestOptions(isRepeatable: isRepeatable))
    }

    /// Makes sure that the outcomes are such as the caller may expect.
    /// - Returns: how many requests were answered.
    private func check(_ results: [Result<TL.LangPackDifference, any Error>], of batch: Int32) -> Int {
        var count = 0
        for (index, result) in results.enumerated() {
            switch result {
            case .success(let answer):
                #expect(answer.fromVersion == batch * Self.batchSize + Int32(index))
                count += 1
            // On a slow machine the one before may take longer than the server waits, however often it is asked.
            case .failure(let error as RPCError) where error.name == "MSG_WAIT_TIMEOUT": break
            case .failure(let error as RPCError):
                #expect(Int32(index) == BatchService.refused(in: batch) && error.name == "NO", "\(error)")
            case .failure(let error as MTProtoError):
                #expect([.predecessorFailed, .outcomeUnknown].contains(error.code), "\(error)")
            case .failure(let error): Issue.record(error)
            }
        }
        return count
    }

    private func disrupt(_ server: TestServer, _ sender: Sender, _ number: Int32) async {
        switch number % 4 {
        case 0: await server.changeSalts()
        case 1: await server.closeConnections(breakingOff: true)
        case 2: await server.forgetSessions()
        default: await sender.reconnectNow()
        }
    }
}
