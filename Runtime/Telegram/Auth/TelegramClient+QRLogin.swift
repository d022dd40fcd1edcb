extension TelegramClient {
    /// Begins a sign-in by QR code: an app of the user that is signed in scans it, and this program is.
    ///
    /// It needs no code and no phone number, and it works where codes do not arrive.
    /// - Parameter userIDs: Accounts that are not to be signed in with, as those that the program has already.
    /// - Throws: ``ClientError`` with `invalidConfiguration` when the client does not receive updates; `RPCError`, such
    ///   as `SessionPasswordNeeded`.
    ///
    /// See <https://core.telegram.org/api/qr-login>.
    public func qrLogin(ignoring userIDs: [Int64] = []) async throws -> QRLogin {
        guard configuration.receiveUpdates else {
            throw ClientError(
                .invalidConfiguration,
                "a sign-in by QR code waits for an update, and 'receiveUpdates' is false; set it to true"
            )
        }
        return try await QRLogin(self, ignoring: userIDs)
    }

    /// Signs in by QR code, with a new code whenever one has expired: a sequence of codes to show, which ends with the
    /// user.
    ///
    /// ```swift
    /// for try await event in client.qrLoginEvents() {
    ///     switch event {
    ///     case .show(let code): draw(code.url)
    ///     case .signedIn(let user): print("Hello, \(user.displayName)")
    ///     }
    /// }
    /// ```
    /// Each iteration is a sign-in of its own. It throws what ``qrLogin(ignoring:)`` and ``QRLogin/wait(timeout:)``
    /// throw, except for `timedOut`: it goes on until somebody scans a code, or the task is cancelled.
    public func qrLoginEvents(ignoring userIDs: [Int64] = []) -> QRLoginEvents {
        QRLoginEvents(client: self, ignoredUserIDs: userIDs)
    }
}

/// What happens next in a sign-in by QR code.
public enum QRLoginEvent: Sendable {
    /// Show this code instead of the one before.
    case show(QRCode)
    /// Somebody has scanned it: the client is signed in.
    case signedIn(User)
}

/// The codes to show until somebody scans one; see ``TelegramClient/qrLoginEvents(ignoring:)``.
public struct QRLoginEvents: AsyncSequence, Sendable {
    let client: TelegramClient
    let ignoredUserIDs: [Int64]

    /// Begins a sign-in.
    public func makeAsyncIterator() -> Iterator { Iterator(events: self) }

    /// One sign-in.
    public struct Iterator: AsyncIteratorProtocol {
        private enum State {
            case begun
            case showing(QRLogin)
            case ended
        }

        private let events: QRLoginEvents
        private var state = State.begun

        init(events: QRLoginEvents) { self.events = events }

        /// The next code, or the user; `nil` after that.
        public mutating func next() async throws -> QRLoginEvent? {
            let former = state
            // For the case that something throws.
            state = .ended
            switch former {
            case .ended: return nil
            case .begun:
                let login = try await events.client.qrLogin(ignoring: events.ignoredUserIDs)
                guard let code = login.code else { return .signedIn(try await login.wait()) }
                state = .showing(login)
                return .show(code)
            case .showing(let login):
                if let user = try await login.next() { return .signedIn(user) }
                state = .showing(login)
                return login.code.map { .show($0) }
            }
        }
    }
}
