import MTProtoCrypto
public import TelegramAPI

extension SmallTelegram {
    /// The messages of a dialog as somebody sees them, the oldest first, as soon as there are so many: to wait for what a
    /// bot answers.
    ///
    /// ```swift
    /// try server.telegram.send("/start", from: ann, to: bot)
    /// let dialog = try await server.telegram.messages(with: bot, seenBy: ann, atLeast: 2)
    /// ```
    /// - Parameters:
    ///   - count: How many messages there have to be, those that were there before among them.
    ///   - timeout: How long to wait, in real time.
    /// - Throws: ``TestTimeout`` with how many there were in the end; `CancellationError`.
    public func messages(
        with peer: some TestPeer,
        seenBy account: TestAccount,
        atLeast count: Int,
        timeout: Duration = .seconds(10)
    ) async throws -> [TL.Message] {
        let (changes, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.lastObserver += 1
            state.observers[state.lastObserver] = continuation
            return state.lastObserver
        }
        defer { state.withLock { _ = $0.observers.removeValue(forKey: id) } }
        let deadline = Task {
            try await Task.sleep(for: timeout)
            continuation.finish()
        }
        defer { deadline.cancel() }
        var dialog = messages(with: peer, seenBy: account)
        var iterator = changes.makeAsyncIterator()
        while dialog.count < count {
            let isOver = await iterator.next() == nil
            dialog = messages(with: peer, seenBy: account)
            guard isOver, dialog.count < count else { continue }
            try Task.checkCancellation()
            throw TestTimeout("\(dialog.count) of \(count) messages were there for \(account) after \(timeout)")
        }
        return dialog
    }
}
