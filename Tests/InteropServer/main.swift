import Foundation
import Telegram
import TelegramTesting

// The test server as a process of its own, for clients in other languages. It prints one line of JSON that tells where
// it listens, and then answers each line on its standard input with one line of JSON:
//
//   salt         make all salts invalid
//   drop         close all connections
//   skew N       set the server's clock N seconds ahead of this machine's
//   push N       send all sessions the news that user N is online
//   stats        tell what has been counted
//   quit         stop
//
// And, with people of its small Telegram; words are separated by spaces, and the last one of `say` is the rest of the
// line:
//
//   user PHONE USERNAME [PASSWORD]   add a person
//   bot USERNAME                     add a bot, and tell its token
//   code PHONE                       tell the code that was sent
//   join USERNAME [PASSWORD]         sign this project's client in as somebody, and tell its session string
//   say USERNAME PEER TEXT           let that client write
//   heard USERNAME                   tell the next message that it gets
//   accept USERNAME TOKEN            let it accept a QR code, in base64
//   open STRING                      open a session string with this project's client, and tell whose it is

let server = try await start()
let clients = InteropClients(server: server)
say(whereabouts(of: server))

while let command = readLine() {
    let words = command.split(separator: " ").map(String.init)
    if words.first == "quit" {
        await clients.leave()
        await server.stop()
        say([:])
        exit(0)
    }
    do {
        say(try await obey(words))
    } catch {
        say(["error": "\(error)"])
    }
}
await clients.leave()
await server.stop()

/// Does what a line says, and tells what there is to tell.
@MainActor func obey(_ words: [String]) async throws -> [String: Any] {
    func word(_ index: Int) throws -> String {
        guard index < words.count else { throw InteropClients.Mistake(description: "a word is missing") }
        return words[index]
    }
    let number = words.count > 1 ? Int64(words[1]) ?? 0 : 0
    switch words.first {
    case "salt": await server.changeSalts()
    case "drop": await server.closeConnections()
    case "skew": server.clock.skew = .seconds(number)
    case "push": try push(number, from: server)
    case "user":
        let password = words.count > 3 ? words[3] : nil
        let name = try word(2)
        let user = try server.telegram.addUser(phone: word(1), firstName: name, username: name, password: password)
        return ["id": user.id]
    case "bot":
        let bot = try server.telegram.addBot(name: word(1), username: word(1))
        return ["id": bot.id, "token": bot.token ?? ""]
    case "code": return ["code": server.telegram.code(for: try word(1)) ?? ""]
    case "join":
        let joined = try await clients.join(word(1), password: words.count > 2 ? words[2] : nil)
        return ["id": joined.id, "string": joined.string]
    case "say":
        try await clients.say(words.dropFirst(3).joined(separator: " "), by: word(1), to: word(2))
    case "heard": return ["text": try await clients.heard(by: word(1))]
    case "accept":
        guard let token = Data(base64Encoded: try word(2)) else {
            throw InteropClients.Mistake(description: "the token is not in base64")
        }
        try await clients.accept(token, by: word(1))
    case "open": return ["id": try await clients.open(word(1))]
    default: break
    }
    return facts(about: server)
}

func start() async throws -> TestServer {
    var configuration = TestServerConfiguration()
    configuration.dataCenters = [2]
    configuration.mtProxySecrets = ["0123456789abcdef0123456789abcdef"]
    return try await TestServer.start(configuration)
}

func whereabouts(of server: TestServer) -> [String: Any] {
    var facts: [String: Any] = ["publicKey": server.publicKeyPEM]
    for dataCenter in server.dataCenters { facts["dc"] = Int(dataCenter.id); facts["port"] = Int(dataCenter.port) }
    for proxy in server.proxies { facts["proxyPort"] = Int(proxy.port); facts["proxySecret"] = proxy.secret }
    return facts
}

func push(_ userID: Int64, from server: TestServer) throws {
    let online = TL.Update.updateUserStatus(userID: userID, status: .userStatusOnline(expires: Int32.max))
    let now = Int32(clamping: server.clock.now().wall.components.seconds)
    for session in server.sessions where session.receivesUpdates {
        try session.push(.updateShort(update: online, date: now))
    }
}

func facts(about server: TestServer) -> [String: Any] {
    let statistics = server.statistics
    return [
        "requests": statistics.requests["help.getNearestDc"] ?? 0,
        "connections": statistics.connectionsAccepted,
        "keyExchanges": statistics.keyExchanges,
        "unimplemented": statistics.unimplementedCalls,
        "refused": statistics.refusedMessages.reduce(into: [:]) { $0[String($1.key)] = $1.value },
    ]
}

/// Writes at once, which `print` does not do into a pipe.
func say(_ facts: [String: Any]) {
    let line = (try? JSONSerialization.data(withJSONObject: facts, options: [.sortedKeys])) ?? Data("{}".utf8)
    FileHandle.standardOutput.write(line + Data("\n".utf8))
}
