extension SessionStore {
    /// Takes over what another session holds: keys, the account, the state of updates. Peers are not taken; they come
    /// again as they are met. Both sessions must be closed, and are closed afterwards.
    ///
    /// The way from another library's file, or from a text, to a file:
    ///
    /// ```swift
    /// let session = FileSession(name: "me")
    /// try await session.importContent(of: StringSession(text))
    /// ```
    /// Two clients must not use both: the server signs out a key that is used twice at a time.
    public func importContent(of other: any SessionStore) async throws {
        let content = try await other.open()
        try await other.close()
        _ = try await open()
        do {
            try await apply(content.changes)
        } catch {
            try? await close()
            throw error
        }
        try await close()
    }
}
