/// What the server was asked for, besides numbers that it gives out itself.
enum PeerQuestion: Sendable, Hashable {
    case username(String)
    case phone(String)
    case invite(String)
    /// A number without an access hash.
    case user(Int64)
    case channel(Int64)
}

/// What the server answered to questions about peers, for a while: usernames change hands, and looking them up is among
/// what the server limits most strictly.
struct AnswerMemory: Sendable {
    enum Answer: Sendable, Hashable {
        case found(PeerID)
        /// Nobody.
        case absent
    }

    private struct Entry {
        let answer: Answer
        let deadline: Duration
    }

    /// How long who was found is believed, and how long that nobody was.
    let lifetimes: (found: Duration, absent: Duration)
    private var entries: BoundedCache<PeerQuestion, Entry>

    init(limit: Int, found: Duration, absent: Duration) {
        lifetimes = (found, absent)
        entries = BoundedCache(limit: limit)
    }

    /// - Parameter now: on the monotonic scale.
    mutating func answer(_ question: PeerQuestion, at now: Duration) -> Answer? {
        guard let entry = entries.value(question) else { return nil }
        if now < entry.deadline { return entry.answer }
        entries.remove(question)
        return nil
    }

    mutating func remember(_ answer: Answer, to question: PeerQuestion, at now: Duration) {
        let lifetime = answer == .absent ? lifetimes.absent : lifetimes.found
        entries.insert(Entry(answer: answer, deadline: now + lifetime), for: question)
    }

    /// Updates say otherwise.
    mutating func forget(_ question: PeerQuestion) { entries.remove(question) }
}
