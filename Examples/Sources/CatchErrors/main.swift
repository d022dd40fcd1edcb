import Telegram
import TelegramTesting

// Every way in which a call can fail, and what to do about it. Runs against a server of its own.

let server = try await TestServer.start()
let client = try await server.signedInClient(as: .user("ann"))

/// Calls something that fails, and says how.
func attempt(_ what: String, _ body: () async throws -> Void) async {
    do {
        try await body()
        print("\(what): no error")
    } catch let error as RPCError.FloodWait {
        // Longer than the threshold, or the client would have waited by itself.
        print("\(what): wait \(error.duration) before the next \(error.method ?? "call")")
    } catch let error as RPCError.BadRequest {
        // Any 400, whether this layer knows its name or not.
        print("\(what): the request was wrong: \(error)")
    } catch let error as RPCError {
        // Everything that a server says; `code`, `name` and `value` tell more.
        print("\(what): the server said no: \(error)")
    } catch let error as PeerError {
        print("\(what): nobody is called so: \(error)")
    } catch let error as MTProtoError {
        // The connection; `outcomeUnknown` means that the request may have been executed.
        print("\(what): the connection failed: \(error)")
    } catch {
        print("\(what): \(error)")
    }
}

server.onNext(TL.help.GetNearestDc.self, .flood(seconds: 600))
await attempt("a flood wait") { _ = try await client(TL.help.GetNearestDc()) }
await attempt("a name that nobody has") { _ = try await client.entity("nobody_is_called_so") }
await attempt("a username that is none") {
    _ = try await client(TL.account.UpdateUsername(username: "no spaces please"))
}
await attempt("a method for bots") {
    _ = try await client(TL.bots.SetBotCommands(scope: .botCommandScopeDefault, langCode: "en", commands: []))
}

await client.disconnect()
await attempt("a call without a connection") { _ = try await client(TL.help.GetNearestDc()) }
await server.stop()
