/// Which requests a quick acknowledgment is about.
struct QuickAcknowledgements: Sendable {
    /// Servers need not send them, so old ones are forgotten.
    private static let limit = 128

    private var expected: [(token: UInt32, requests: [RequestID])] = []

    mutating func expect(_ token: UInt32, for requests: [RequestID]) {
        if expected.count == Self.limit { expected.removeFirst() }
        expected.append((token, requests))
    }

    mutating func take(_ token: UInt32) -> [RequestID] {
        guard let index = expected.firstIndex(where: { $0.token == token }) else { return [] }
        return expected.remove(at: index).requests
    }
}
