/// When the newest packets left: whoever names one of them has seen it, and so is not older than it.
struct SentPackets: Sendable {
    private static let limit = 64

    private var packets: [(id: MessageID, sentAt: Duration)] = []
    private var next = 0

    mutating func append(_ id: MessageID, at now: TimeReading) {
        if packets.count < Self.limit {
            packets.append((id, now.monotonic))
        } else {
            packets[next] = (id, now.monotonic)
            next = (next + 1) % Self.limit
        }
    }

    /// When the packet with this outer identifier left, on the monotonic scale.
    func departure(of id: MessageID) -> Duration? { packets.first { $0.id == id }?.sentAt }
}
