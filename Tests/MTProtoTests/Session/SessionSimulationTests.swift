import MTProtoCrypto
import Testing

@testable import MTProto

/// A session and a server that behaves, with a connection between them that does not.
struct SessionSimulationTests {
    /// What goes wrong, each now and then.
    struct Trouble: Sendable, CustomTestStringConvertible {
        var loss = false
        var salts = false
        var clocks = false
        var pauses = false
        var testDescription: String {
            [("loss", loss), ("salts", salts), ("clocks", clocks), ("pauses", pauses)].filter(\.1).map(\.0).joined(
                separator: ", "
            )
        }

        static let all = [
            Trouble(), Trouble(loss: true), Trouble(salts: true), Trouble(loss: true, salts: true),
            Trouble(clocks: true),
            Trouble(loss: true, pauses: true), Trouble(loss: true, salts: true, clocks: true, pauses: true),
        ]
    }

    private struct World {
        var bench: SessionBench
        var model = ModelServer()
        let random: SeededSessionRandom
        var toServer: [SentPacket] = []
        var toClient: [ModelServer.Outgoing] = []
        var isConnected = true
        var endings: [UInt64: [String]] = [:]
        var repeatable: Set<UInt64> = []
        var cancelled: Set<UInt64> = []
        var lastRequest: UInt64 = 0

        mutating func note(_ events: [SessionEvent]) {
            for event in events {
                switch event {
                case .answered(let id, _): endings[id.rawValue, default: []].append("answered")
                case .failed(let id, let error): endings[id.rawValue, default: []].append("\(error.code)")
                case .refused(let id, _, let message): endings[id.rawValue, default: []].append(message)
                case .reconnect: loseConnection()
                default: break
                }
            }
        }

        mutating func loseConnection() {
            guard isConnected else { return }
            isConnected = false
            toServer = []
            toClient = []
            bench.session.connectionLost()
        }

        mutating func submit() {
            lastRequest += 1
            let isRepeatable = random.number(below: 3) == 0
            if isRepeatable { repeatable.insert(lastRequest) }
            bench.submit(
                lastRequest,
                after: random.number(below: 4) == 0 && lastRequest > 1 ? lastRequest - 1 : nil,
                isRepeatable: isRepeatable
            )
        }

        mutating func step(_ trouble: Trouble) throws {
            bench.advance(.milliseconds(random.number(below: 400)))
            if isConnected {
                if let deadline = bench.session.deadline, deadline <= bench.now.monotonic { note(bench.fireDeadline()) }
            } else {
                isConnected = true
                note(bench.session.connectionRestored(at: bench.now))
            }
            let sentBefore = bench.packets.count
            _ = try bench.flush()
            toServer += bench.packets[sentBefore...]
            // Each way some of it arrives.
            while !toServer.isEmpty, random.number(below: 4) > 0 {
                toClient += model.receive(toServer.removeFirst(), at: bench.serverTime)
            }
            while !toClient.isEmpty, random.number(below: 4) > 0 {
                let message = toClient.removeFirst()
                note(
                    bench.deliver(
                        packet: bench.server.seal(
                            message.body,
                            id: message.id,
                            sequenceNumber: message.sequenceNumber,
                            sessionID: message.sessionID
                        )
                    )
                )
            }
            try makeTrouble(trouble)
        }

        mutating func makeTrouble(_ trouble: Trouble) throws {
            if trouble.loss, random.number(below: 15) == 0 { loseConnection() }
            if trouble.pauses, random.number(below: 60) == 0 {
                loseConnection()
                bench.advance(.seconds(random.number(below: 700)))
            }
            if trouble.salts, random.number(below: 25) == 0 { model.salt = Int64(1 + random.number(below: 1_000)) }
            if trouble.clocks, random.number(below: 60) == 0 {
                let jump: Duration = .seconds(random.number(below: 4_000) - 2_000)
                bench.now.monotonic += jump
                bench.serverOffset -= jump
            }
        }
    }

    @Test(arguments: Trouble.all, Array(1...4) as [UInt64])
    func nothingIsExecutedTwiceAndEverythingEnds(trouble: Trouble, seed: UInt64) throws {
        let bench = try SessionBench(seed: seed) { $0.maximumComplaints = 1_000 }
        var world = World(bench: bench, random: SeededSessionRandom(seed: seed &* 7_919))
        for _ in 0..<1_500 {
            for _ in 0..<world.random.number(below: 3) { world.submit() }
            if world.random.number(below: 20) == 0, world.lastRequest > 0 {
                let id = 1 + UInt64(world.random.number(below: Int(world.lastRequest)))
                if world.endings[id] == nil {
                    world.cancelled.insert(id)
                    world.bench.session.cancel(RequestID(id))
                }
            }
            try world.step(trouble)
        }
        for _ in 0..<3_000 where world.bench.session.requestCount > 0 { try world.step(Trouble()) }

        #expect(world.bench.session.requestCount == 0, "seed \(seed)")
        #expect(world.bench.session.requests.footprint < 200)
        for id in 1...world.lastRequest {
            let endings = world.endings[id] ?? []
            let executions = world.model.executions[id] ?? 0
            #expect(endings.count == (world.cancelled.contains(id) ? 0 : 1), "request \(id): \(endings), seed \(seed)")
            if !world.repeatable.contains(id) { #expect(executions <= 1, "request \(id), seed \(seed)") }
            if endings == ["answered"] { #expect(executions >= 1, "request \(id), seed \(seed)") }
            if endings == ["outcomeUnknown"] { #expect(!world.repeatable.contains(id), "request \(id), seed \(seed)") }
        }
        let answered = world.endings.values.count { $0 == ["answered"] }
        #expect(
            answered > Int(world.lastRequest) / 2,
            "only \(answered) of \(world.lastRequest) were answered, seed \(seed)"
        )
    }
}
