import MTProtoCrypto
package import TelegramAPI

extension TelegramClient {
    /// Who is signed in, as far as it is known.
    package var account: SessionAccount? { core.status.withLock { $0.account } }

    /// Somebody has signed in: keeps the account, and learns from where updates are to be processed.
    package func signedIn(_ user: TL.User) async throws { try await core.signedIn(user) }

    /// Nobody is signed in any more: forgets the account and what belongs to it, keys of other data centres included.
    /// The connection stays.
    package func signedOut() async { await core.signedOut() }

    /// The server has logged the account out: disconnects, deletes the session, and is of no more use.
    package func loggedOut() async throws { try await core.loggedOut() }

    /// Goes to another data centre for good, as after `loginTokenMigrateTo`. Does nothing when it is there already.
    package func switchHome(to dataCenter: Int32) async throws { try await core.switchHome(to: dataCenter) }

    /// The number of the account's data centre; `nil` before the first connection.
    package var homeDataCenter: Int32? { core.status.withLock { $0.homeID } }
}
