import Telegram

/// The same steps at Telegram itself, as far as one account can take them. Nothing is kept: the session is in memory,
/// and is logged out in the end.
enum OnlineDemo {
    static func run(_ login: LoginMethod, apiID: Int32, apiHash: String) async throws {
        try await withTelegramClient(session: MemorySession(), apiID: apiID, apiHash: apiHash) { client in
            step("Sign in")
            let me = try await client.start(login)
            say("   signed in as \(me.displayName), \(me.peerID)")

            step("Call something")
            let nearest = try await client(TL.help.GetNearestDc())
            say("   the nearest data centre is \(nearest.nearestDC), the account's \(nearest.thisDC)")

            step("Provoke an error")
            do {
                _ = try await client.entity("this_name_is_not_taken_by_anybody")
            } catch let error as PeerError {
                say("   \(error)")
            }

            step("Log out")
            say("   \(try await client.logOut() ? "done" : "the server did not let go")")
        }
    }
}
