/// Applies one direction of a ``FaultPlan`` to the packets of one connection.
struct FaultInjector: Sendable {
    /// What becomes of packets, in order.
    enum Outcome: Sendable, Equatable {
        case pass([UInt8])
        case delay([UInt8], Duration)
        case close
        case reset
    }

    private let direction: FaultPlan.Direction
    private let chances: [(fault: FaultPlan.Fault, chance: Double)]
    private var generator: SplitMix64
    private var number = 0
    private var injectedCount = 0
    private var isStalled = false
    private var heldBack: [(packet: [UInt8], left: Int)] = []

    init(_ direction: FaultPlan.Direction, seed: UInt64) {
        self.direction = direction
        // Dictionaries have no order, and the same seed must mean the same faults.
        chances = direction.chances.sorted { "\($0.key)" < "\($1.key)" }.map { ($0.key, $0.value) }
        generator = SplitMix64(seed: seed)
    }

    /// Decides about the next packet; `injected` is told which fault it suffers.
    mutating func apply(to packet: [UInt8], injected: (FaultPlan.Fault) -> Void) -> [Outcome] {
        defer { number += 1 }
        if isStalled { return [] }
        let fault = nextFault()
        if let fault { injected(fault) }
        let outcomes = outcomes(of: fault, packet)
        return outcomes + released()
    }

    private mutating func nextFault() -> FaultPlan.Fault? {
        if let scripted = direction.script[number] { return scripted }
        guard !chances.isEmpty, direction.limit.map({ injectedCount < $0 }) ?? true else { return nil }
        var left = Double.random(in: 0..<1, using: &generator)
        for (fault, chance) in chances {
            left -= chance
            if left < 0 {
                injectedCount += 1
                return fault
            }
        }
        return nil
    }

    private mutating func outcomes(of fault: FaultPlan.Fault?, _ packet: [UInt8]) -> [Outcome] {
        switch fault {
        case nil: return [.pass(packet)]
        case .drop: return []
        case .delay(let duration): return [.delay(packet, duration)]
        case .holdBack(let count):
            heldBack.append((packet, max(1, count) + 1))
            return []
        case .duplicate: return [.pass(packet), .pass(packet)]
        case .corruptBit: return [.pass(corrupted(packet))]
        case .truncate: return truncated(packet).map { [.pass($0)] } ?? []
        case .closeBefore: return [.close]
        case .closeAfter: return [.pass(packet), .close]
        case .reset: return [.reset]
        case .stall:
            isStalled = true
            return []
        }
    }

    /// What was held back behind enough packets.
    private mutating func released() -> [Outcome] {
        guard !heldBack.isEmpty else { return [] }
        for index in heldBack.indices { heldBack[index].left -= 1 }
        let due = heldBack.filter { $0.left <= 0 }
        heldBack.removeAll { $0.left <= 0 }
        return due.map { .pass($0.packet) }
    }

    /// The identifier of the key stays whole: a packet for another key is another fault.
    private mutating func corrupted(_ packet: [UInt8]) -> [UInt8] {
        guard packet.count > 8 else { return packet }
        var packet = packet
        let index = Int.random(in: 8..<packet.count, using: &generator)
        packet[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        return packet
    }

    private mutating func truncated(_ packet: [UInt8]) -> [UInt8]? {
        guard packet.count > 40 else { return nil }
        let count = Int.random(in: 24..<packet.count - 15, using: &generator)
        return Array(packet.prefix(count & ~3))
    }
}
