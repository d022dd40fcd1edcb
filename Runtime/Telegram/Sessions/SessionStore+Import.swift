extension SessionStore {
    /// Takes over what another session holds: keys, the account, the state of updates. Peers are not taken; they come
    /// again as they are met. Both sessions must be closed, and are closed afterwards.
    ///
    /// This one has to be new, or signed out: nothing of another login would be left of it. When it has the same login
    /// already, nothing happens, so a program may import whenever it starts.
    ///
    /// The way from another library's file, or from a text, to a file:
    ///
    /// ```swift
    /// let session = FileSession(name: "me")
    /// try await session.importContent(of: StringSession(text))
    /// ```
    /// Two clients must not use both: the server signs out a key that is used twice at a time.
    /// - Throws: ``SessionError`` with ``SessionError/Code/notEmpty`` when this one holds another login, and what
    ///   ``open()`` throws.
    public func importContent(of other: any SessionStore) async throws {
        let content = try await other.open()
        try await other.close()
        let present = try await open()
        do {
            if !present.hasLogin(of: content) {
                guard present.isNew else { throw SessionError.holdsAnotherLogin }
                try await apply(content.changes)
            }
        } catch {
            try? await close()
            throw error
        }
        try await close()
    }
}

extension SessionContent {
    /// Whether nothing is lost when another login takes its place. Where the data centre is, everybody may know.
    fileprivate var isNew: Bool {
        var rest = self
        rest.home = nil
        return rest == SessionContent()
    }

    /// Whether the key of the account's data centre, which is what a login is, is the same.
    fileprivate func hasLogin(of other: SessionContent) -> Bool {
        guard let id = other.home?.id, let key = other.authKeys[id] else { return false }
        return home?.id == id && authKeys[id] == key
    }
}
