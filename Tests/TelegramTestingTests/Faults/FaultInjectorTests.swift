import Testing

@testable import TelegramTesting

/// What becomes of packets, one by one.
@Suite struct FaultInjectorTests {
    private let packets: [[UInt8]] = (0..<6).map { [UInt8](repeating: UInt8($0), count: 64) }

    private func outcomes(_ change: (inout FaultPlan.Direction) -> Void, seed: UInt64 = 1) -> [[FaultInjector.Outcome]]
    {
        var direction = FaultPlan.Direction()
        change(&direction)
        var injector = FaultInjector(direction, seed: seed)
        return packets.map { injector.apply(to: $0) { _ in } }
    }

    @Test func nothingHappensWithoutAPlan() {
        #expect(outcomes { _ in } == packets.map { [.pass($0)] })
    }

    @Test func scriptedFaultsHitTheirPackets() {
        let result = outcomes {
            $0.script = [0: .drop, 1: .duplicate, 2: .closeAfter, 3: .closeBefore, 4: .reset, 5: .delay(.seconds(3))]
        }
        #expect(result[0] == [])
        #expect(result[1] == [.pass(packets[1]), .pass(packets[1])])
        #expect(result[2] == [.pass(packets[2]), .close])
        #expect(result[3] == [.close])
        #expect(result[4] == [.reset])
        #expect(result[5] == [.delay(packets[5], .seconds(3))])
    }

    @Test func packetIsHeldBackBehindSoManyOthers() {
        let result = outcomes { $0.script = [0: .holdBack(packets: 2), 3: .holdBack(packets: 1)] }
        let order = result.flatMap(\.self).map { outcome -> UInt8 in
            if case .pass(let packet) = outcome { packet[0] } else { 255 }
        }
        #expect(order == [1, 2, 0, 4, 3, 5])
    }

    @Test func stalledDirectionStaysSilent() {
        #expect(outcomes { $0.script = [2: .stall] } == [[.pass(packets[0])], [.pass(packets[1])], [], [], [], []])
    }

    @Test(arguments: 0..<20)
    func oneBitIsFlippedBehindTheKeyIdentifier(seed: UInt64) {
        guard case .pass(let packet)? = outcomes({ $0.script = [3: .corruptBit] }, seed: seed)[3].first else {
            Issue.record("the packet is gone")
            return
        }
        let differences = zip(packet, packets[3]).enumerated().filter { $0.element.0 != $0.element.1 }
        #expect(differences.count == 1 && differences[0].offset >= 8)
        #expect(differences.first.map { ($0.element.0 ^ $0.element.1).nonzeroBitCount } == 1)
    }

    @Test(arguments: 0..<20)
    func truncatedPacketLosesItsEnd(seed: UInt64) {
        guard case .pass(let packet)? = outcomes({ $0.script = [1: .truncate] }, seed: seed)[1].first else {
            Issue.record("the packet is gone")
            return
        }
        #expect(packet.count <= 48 && packet.count >= 24 && packet.count.isMultiple(of: 4))
    }

    @Test func sameSeedGivesTheSameFaults() {
        func chance(_ direction: inout FaultPlan.Direction) {
            direction.chances = [.drop: 0.3, .duplicate: 0.3, .corruptBit: 0.2]
        }
        #expect(outcomes(chance, seed: 5) == outcomes(chance, seed: 5))
        #expect((0..<20).contains { outcomes(chance, seed: $0) != outcomes(chance, seed: 5) })
    }

    @Test func chanceKnowsItsLimit() {
        let result = outcomes {
            $0.chances = [.drop: 1]
            $0.limit = 2
        }
        #expect(result.filter(\.isEmpty).count == 2)
    }
}
