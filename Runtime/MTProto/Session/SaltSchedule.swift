/// Which salt is valid when.
///
/// A salt that the server names when it refuses a message comes without a period, and is believed for half an hour. The
/// server is asked for the following ones before the last known period ends.
struct SaltSchedule: Sendable {
    /// How long a salt serves that was named without a period.
    private static let assumedValidity: Duration = .seconds(1_800)
    /// How long before its end a salt is given up for one that is valid already.
    private static let switchAhead: Duration = .seconds(300)
    /// How long to wait before asking again, without an answer and with one.
    private static let retryDelay: Duration = .seconds(60)
    private static let repeatDelay: Duration = .seconds(600)
    /// More salts than the server sends at once are not kept.
    private static let limit = 65

    private let reserve: Duration
    /// By the start of their periods.
    private(set) var salts: [ServerSalt]
    private var current: ServerSalt?
    /// Not before this moment on the monotonic scale more salts are asked for.
    private var nextQuestion: Duration?

    init(salts: [ServerSalt], reserve: Duration) {
        self.salts = Array(Self.sorted(salts).prefix(Self.limit))
        self.reserve = reserve
    }

    /// The salt for a message that leaves at this time of the server. Without any that is valid it is the last one that
    /// was: the server answers with the right one.
    mutating func salt(at serverTime: Duration) -> Int64 {
        if let current, current.validity.contains(serverTime),
            serverTime + Self.switchAhead < current.validity.upperBound
        {
            return current.value
        }
        let valid = salts.filter { $0.validity.contains(serverTime) }
        // The one that lasts longest: the others are about to end.
        if let best = valid.max(by: { $0.validity.upperBound < $1.validity.upperBound }) { current = best }
        return (current ?? salts.last)?.value ?? 0
    }

    /// Takes over the salt that the server says is valid now.
    /// - Returns: whether anything changed.
    mutating func adopt(_ value: Int64, at serverTime: Duration) -> Bool {
        let known = salts.first { $0.value == value && $0.validity.contains(serverTime) }
        // Others that claim to be valid now are not, or the server would not have complained.
        let before = salts
        salts.removeAll { $0.value != value && $0.validity.contains(serverTime) }
        if let known {
            current = known
        } else {
            let salt = ServerSalt(value: value, validity: serverTime..<serverTime + Self.assumedValidity)
            salts.removeAll { $0.value == value }
            salts = Self.sorted(salts + [salt])
            current = salt
        }
        return salts != before
    }

    /// Takes over the periods that the server has announced; they replace what was known, except for the salt in use.
    /// - Returns: whether anything changed.
    mutating func replace(with announced: [ServerSalt], at now: TimeReading, serverTime: Duration) -> Bool {
        let before = salts
        let kept = current.map { current in announced.contains { $0.value == current.value } ? [] : [current] } ?? []
        salts = Array(
            Self.sorted(announced + kept).filter { $0.validity.upperBound > serverTime }.suffix(Self.limit)
        )
        if let value = current?.value { current = salts.first { $0.value == value } }
        nextQuestion = now.monotonic + Self.repeatDelay
        return salts != before
    }

    // MARK: - Asking for more

    /// When more salts have to be asked for, on the monotonic scale.
    func deadline(at now: TimeReading, serverTime: Duration) -> Duration {
        let end = salts.last?.validity.upperBound ?? serverTime
        let due = now.monotonic + max(.zero, end - reserve - serverTime)
        return max(due, nextQuestion ?? due)
    }

    mutating func asked(at now: TimeReading) { nextQuestion = now.monotonic + Self.retryDelay }

    /// The question was lost: it may be asked again at once.
    mutating func questionWasLost() { nextQuestion = nil }

    private static func sorted(_ salts: [ServerSalt]) -> [ServerSalt] {
        salts.sorted {
            ($0.validity.lowerBound, $0.validity.upperBound) < ($1.validity.lowerBound, $1.validity.upperBound)
        }
    }
}
