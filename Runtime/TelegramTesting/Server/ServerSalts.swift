package import MTProto
package import MTProtoCrypto

/// The salts of one key: each is valid for an hour, and a new one comes into use every half hour.
///
/// See <https://core.telegram.org/mtproto/description#server-salt>.
package struct ServerSalts: Sendable {
    /// How many salts a client may ask for at once.
    package static let maximumFutureCount = 64

    /// How long each is the one to use.
    package let period: Duration
    private let random: any RandomSource
    private var salts: [ServerSalt]

    /// Starts with the salt of the key exchange.
    package init(
        first: Int64,
        at serverTime: Duration,
        period: Duration = .seconds(1800),
        random: any RandomSource
    ) {
        self.period = max(period, .seconds(1))
        self.random = random
        salts = [ServerSalt(value: first, validity: serverTime..<serverTime + self.period * 2)]
    }

    /// The salt to use now: the newest that is valid already.
    package mutating func current(at serverTime: Duration) -> ServerSalt {
        extend(until: serverTime)
        return salts.last { $0.validity.lowerBound <= serverTime } ?? salts[0]
    }

    package mutating func isValid(_ value: Int64, at serverTime: Duration) -> Bool {
        extend(until: serverTime)
        return salts.contains { $0.value == value && $0.validity.contains(serverTime) }
    }

    /// The current salt and those that come after it.
    package mutating func future(count: Int, at serverTime: Duration) -> [ServerSalt] {
        let count = min(max(count, 0), Self.maximumFutureCount)
        extend(until: serverTime)
        let first = salts.lastIndex { $0.validity.lowerBound <= serverTime } ?? 0
        while salts.count < first + count { appendNext() }
        return Array(salts[first...].prefix(count))
    }

    /// Replaces all of them now, without mercy for messages that are under way.
    package mutating func rotate(at serverTime: Duration) {
        salts = [ServerSalt(value: random.integer(), validity: serverTime..<serverTime + period * 2)]
    }

    private mutating func extend(until serverTime: Duration) {
        // A clock that was turned back makes no salt invalid.
        if serverTime < salts[0].validity.lowerBound {
            salts[0].validity = serverTime..<salts[0].validity.upperBound
        }
        let expired = salts.prefix { $0.validity.upperBound <= serverTime }.count
        // After a long silence there is nothing to continue.
        guard expired < salts.count else { return rotate(at: serverTime) }
        salts.removeFirst(expired)
        while let last = salts.last, last.validity.lowerBound + period <= serverTime { appendNext() }
    }

    private mutating func appendNext() {
        guard let last = salts.last else { return }
        let start = last.validity.lowerBound + period
        salts.append(ServerSalt(value: random.integer(), validity: start..<start + period * 2))
    }
}
