import Telegram

// Signs in to Telegram itself. Get an id and a hash for your program at https://my.telegram.org, then:
//
//     TELEGRAM_API_ID=... TELEGRAM_API_HASH=... swift run sign-in
//
// The file my-account.session remembers the login, and is as good as a password.

guard let id = environment("TELEGRAM_API_ID").flatMap(Int32.init), let hash = environment("TELEGRAM_API_HASH") else {
    print("Set TELEGRAM_API_ID and TELEGRAM_API_HASH; you get both at https://my.telegram.org.")
    exit(1)
}

let session = FileSession(name: "my-account")
try await withTelegramClient(session: session, apiID: id, apiHash: hash) { client in
    // Asks for phone number, code and password at the terminal, unless the session is signed in already.
    let me = try await client.start(.console())
    print("Signed in as \(me.displayName), \(me.peerID).")
}
