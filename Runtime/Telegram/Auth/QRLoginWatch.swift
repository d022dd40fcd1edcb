import MTProto
import MTProtoCrypto
import TelegramAPI

/// Listens for the scanning of a code, for as long as somebody refers to it.
final class QRLoginWatch: Sendable {
    enum Signal: Sendable, Hashable {
        /// Nothing has happened.
        case none
        /// Somebody has scanned the code.
        case scanned
        /// The code may have been scanned unnoticed: updates are missing, or the connection was made again, and with it
        /// a session that the server does not push to unless it is asked something.
        case unsure
        /// The time is over.
        case lapsed
    }

    private let signals: StateBroadcast<Signal>
    private let tasks: [Task<Void, Never>]

    init(updates: AsyncStream<TL.Updates>, states: AsyncStream<ConnectionState>) {
        let signals = StateBroadcast(Signal.none)
        self.signals = signals
        tasks = [
            Task {
                for await batch in updates {
                    if batch.announcesLoginToken {
                        signals.send(.scanned)
                    } else if case .updatesTooLong = batch, signals.current == .none {
                        signals.send(.unsure)
                    }
                }
            },
            Task {
                var wasLost = false
                for await state in states {
                    if state == .connected, wasLost, signals.current == .none { signals.send(.unsure) }
                    wasLost = state != .connected
                }
            },
        ]
    }

    deinit {
        for task in tasks { task.cancel() }
    }

    /// What came before concerned an earlier code.
    func reset() { signals.send(.none) }

    /// Waits until something happens, or a moment on the monotonic clock.
    func signal(until deadline: Duration, _ sleeper: Sleeper) async throws -> Signal {
        try await withThrowingTaskGroup(of: Signal.self) { group in
            group.addTask { [signals] in
                for await signal in signals.subscribe() where signal != .none { return signal }
                throw CancellationError()
            }
            group.addTask {
                try await sleeper.sleep(until: deadline)
                return .lapsed
            }
            defer { group.cancelAll() }
            return try await group.next() ?? .lapsed
        }
    }
}

extension TL.Updates {
    /// Whether somebody has scanned a code of this client.
    fileprivate var announcesLoginToken: Bool {
        switch self {
        case .updateShort(let short): short.update.isLoginToken
        case .updates(let batch): batch.updates.contains { $0.isLoginToken }
        case .updatesCombined(let batch): batch.updates.contains { $0.isLoginToken }
        default: false
        }
    }
}

extension TL.Update {
    fileprivate var isLoginToken: Bool { if case .updateLoginToken = self { true } else { false } }
}
