/// What to keep between runs, so that the next connection needs no key exchange and starts with the right time and
/// salt.
package struct SenderCredentials: Sendable, Hashable {
    /// The permanent key.
    package var authKey: AuthKey
    /// Those that are valid now or later.
    package var salts: [ServerSalt]
    /// How much the server's clock is ahead of this machine's wall clock; `nil` when unknown.
    package var timeOffset: Duration?

    package init(authKey: AuthKey, salts: [ServerSalt] = [], timeOffset: Duration? = nil) {
        self.authKey = authKey
        self.salts = salts
        self.timeOffset = timeOffset
    }
}
