/// Messages of the session's own that the server will react to.
struct ServiceMessages: Sendable {
    enum Kind: Sendable, Hashable {
        case ping(Int64)
        case futureSalts
        /// `msgs_state_req` about requests.
        case stateQuestion([MessageID])
        /// `msg_resend_req` for answers.
        case answerRequest([MessageID])
        /// `rpc_drop_answer` for a request.
        case dropAnswer(MessageID)
        case destroySession(Int64)
        case keyBinding
    }

    struct Sent: Sendable {
        let messageID: MessageID
        /// The container it left in, or itself.
        var carrierID: MessageID
        let kind: Kind
        let sentAt: Duration
    }

    /// Those that the server never reacts to must not pile up.
    private static let limit = 256

    private(set) var all: [Sent] = []

    mutating func append(_ kind: Kind, as messageID: MessageID, at now: TimeReading) {
        if all.count >= Self.limit, let index = firstExpendable { all.remove(at: index) }
        all.append(Sent(messageID: messageID, carrierID: messageID, kind: kind, sentAt: now.monotonic))
    }

    /// The one to forget first. A question about states is never forgotten, since a request waits for what comes of it;
    /// it ends by itself after a while. An answer that was asked for comes even so, unless the server has lost it.
    private var firstExpendable: Int? {
        all.firstIndex { if case .dropAnswer = $0.kind { true } else { false } }
            ?? all.firstIndex {
                switch $0.kind {
                case .stateQuestion, .answerRequest: false
                default: true
                }
            } ?? all.firstIndex { if case .answerRequest = $0.kind { true } else { false } }
    }

    mutating func carried(_ messageID: MessageID, by carrierID: MessageID) {
        guard let index = all.lastIndex(where: { $0.messageID == messageID }) else { return }
        all[index].carrierID = carrierID
    }

    func sent(_ messageID: MessageID) -> Sent? { all.last { $0.messageID == messageID } }

    /// Takes out the one with this identifier.
    mutating func take(_ messageID: MessageID) -> Sent? {
        guard let index = all.lastIndex(where: { $0.messageID == messageID }) else { return nil }
        return all.remove(at: index)
    }

    /// Takes out all that fit.
    mutating func take(where fits: (Sent) -> Bool) -> [Sent] {
        let taken = all.filter(fits)
        if !taken.isEmpty { all.removeAll(where: fits) }
        return taken
    }

    mutating func takeAll() -> [Sent] {
        defer { all = [] }
        return all
    }
}
