/// Answers that the server has made and announced, and that have not come.
struct ExpectedAnswers: Sendable {
    /// The server decides how many it announces, so there is a limit.
    private static let limit = 1_000

    /// The request that each answer belongs to, if it is one.
    private var requests: [MessageID: MessageID?] = [:]
    /// Those that are to be asked for.
    private(set) var unasked: [MessageID] = []

    var count: Int { requests.count }

    /// An answer was announced that has not come; it is asked for once.
    mutating func expect(_ answer: MessageID, to request: MessageID?) {
        guard requests[answer] == nil, requests.count < Self.limit else { return }
        requests[answer] = .some(request)
        unasked.append(answer)
    }

    /// Something came.
    mutating func received(_ id: MessageID) {
        guard !requests.isEmpty else { return }
        requests[id] = nil
    }

    /// An answer will not come.
    /// - Returns: the request that waits for it.
    mutating func lost(_ answer: MessageID) -> MessageID? { requests.removeValue(forKey: answer) ?? nil }

    mutating func takeUnasked() -> [MessageID] {
        defer { unasked = [] }
        return unasked.filter { requests[$0] != nil }
    }

    /// The question was lost.
    mutating func askAgain(_ answers: [MessageID]) { unasked += answers.filter { requests[$0] != nil } }
}
