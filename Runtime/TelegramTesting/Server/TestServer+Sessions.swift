public import TelegramAPI

extension TestServer {
    /// The sessions that the server knows, in the order in which they began.
    public var sessions: [TestSession] { state.withLock { $0.sessions } }

    /// Waits for a session with some property: one that exists, or the next that does.
    ///
    /// Asked again whenever a session begins, is connected to, is bound to its permanent key, or is entitled to
    /// updates.
    /// - Throws: `CancellationError` when the task is cancelled or the server stops.
    public func waitForSession(
        where matches: @escaping @Sendable (TestSession) -> Bool = { _ in true }
    ) async throws -> TestSession {
        try await state.waitForSession(where: matches)
    }

    /// Sends updates to one session.
    /// - Throws: `TLEncodingError` when they cannot be encoded.
    public func push(_ updates: TL.Updates, to session: TestSession) throws { try session.push(updates) }

    /// Sends updates to all sessions of a permanent key that want them: those which have made a request outside of
    /// `invokeWithoutUpdates`.
    /// - Throws: `TLEncodingError` when they cannot be encoded.
    public func push(_ updates: TL.Updates, toSessionsOf authKeyID: Int64) throws {
        let bytes = try updates.encoded()
        for session in sessions where session.authKeyID == authKeyID && session.receivesUpdates {
            session.push(bytes: bytes)
        }
    }
}
