/// Places by hash: a table with open addressing, eight bytes a slot. Several places may have the same hash; the caller
/// looks there and says which one it means.
struct OffsetTable: Sendable {
    /// The hash in the upper half, the place in the lower one.
    private var slots: [UInt64]
    private var count = 0

    private static let empty = UInt64.max
    /// The largest place; the one above marks an empty slot.
    static let maximumOffset = Int(UInt32.max) - 1

    init() { slots = Array(repeating: Self.empty, count: 16) }

    private var mask: Int { slots.count - 1 }

    /// The first place with the hash that `isWanted`.
    func first(hash: UInt32, where isWanted: (UInt32) -> Bool) -> UInt32? {
        slots.withUnsafeBufferPointer { slots in
            let mask = slots.count - 1
            var position = Int(hash) & mask
            while slots[position] != Self.empty {
                let slot = slots[position]
                let offset = UInt32(truncatingIfNeeded: slot)
                if UInt32(truncatingIfNeeded: slot >> 32) == hash, isWanted(offset) { return offset }
                position = (position + 1) & mask
            }
            return nil
        }
    }

    mutating func insert(_ offset: UInt32, hash: UInt32) {
        if (count + 1) * 4 > slots.count * 3 { grow(to: slots.count * 2) }
        place(UInt64(hash) << 32 | UInt64(offset))
        count += 1
    }

    mutating func remove(_ offset: UInt32, hash: UInt32) {
        let wanted = UInt64(hash) << 32 | UInt64(offset)
        var hole = Int(hash) & mask
        while slots[hole] != wanted {
            guard slots[hole] != Self.empty else { return }
            hole = (hole + 1) & mask
        }
        count -= 1
        // Whatever is only here because this slot was taken moves up, so that no search ends too early.
        var next = hole
        while true {
            next = (next + 1) & mask
            let slot = slots[next]
            guard slot != Self.empty else { break }
            let home = Int(slot >> 32) & mask
            let distanceFromHome = (next - home) & mask
            let distanceFromHole = (next - hole) & mask
            guard distanceFromHome >= distanceFromHole else { continue }
            slots[hole] = slot
            hole = next
        }
        slots[hole] = Self.empty
    }

    /// Makes room for as many entries.
    mutating func reserve(_ capacity: Int) {
        var size = slots.count
        while capacity * 4 > size * 3 { size *= 2 }
        if size > slots.count { grow(to: size) }
    }

    private mutating func grow(to size: Int) {
        let old = slots
        slots = Array(repeating: Self.empty, count: size)
        for slot in old where slot != Self.empty { place(slot) }
    }

    private mutating func place(_ slot: UInt64) {
        let mask = mask
        slots.withUnsafeMutableBufferPointer { slots in
            var position = Int(slot >> 32) & mask
            while slots[position] != Self.empty { position = (position + 1) & mask }
            slots[position] = slot
        }
    }
}
