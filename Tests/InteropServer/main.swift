import Foundation
import TelegramAPI
import TelegramTesting

// The test server as a process of its own, for clients in other languages. It prints one line of JSON that tells where it
// listens, and then answers each line on its standard input with one line of JSON:
//
//   salt         make all salts invalid
//   drop         close all connections
//   skew N       set the server's clock N seconds ahead of this machine's
//   push N       send all sessions the news that user N is online
//   stats        tell what has been counted
//   quit         stop

let server = try await start()
say(whereabouts(of: server))

while let command = readLine() {
    let words = command.split(separator: " ")
    let number = words.count > 1 ? Int64(words[1]) ?? 0 : 0
    switch words.first {
    case "salt": await server.changeSalts()
    case "drop": await server.closeConnections()
    case "skew": server.clock.skew = .seconds(number)
    case "push": try push(number, from: server)
    case "quit":
        await server.stop()
        say([:])
        exit(0)
    default: break
    }
    say(facts(about: server))
}
await server.stop()

func start() async throws -> TestServer {
    var configuration = TestServerConfiguration()
    configuration.dataCenters = [2]
    configuration.mtProxySecrets = ["0123456789abcdef0123456789abcdef"]
    let server = try await TestServer.start(configuration)
    // Nobody is signed in here.
    server.on(TL.users.GetUsers.self) { _, _ in throw RPCError.make(code: 401, name: "AUTH_KEY_UNREGISTERED") }
    server.on(TL.updates.GetState.self) { _, _ in throw RPCError.make(code: 401, name: "AUTH_KEY_UNREGISTERED") }
    return server
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
