import MTProto
import MTProtoCrypto
import TelegramAPI
import TelegramTesting

// A client and a server in one process, over a real socket: a key exchange, calls, an error, an update, a broken connection.
// The client's side is not public yet; this shows what the one to come stands on.

func say(_ line: String) { print("   \(line)") }

let server = try await TestServer.start()
let home = server.dataCenters[1]
print("A server with \(server.dataCenters.count) data centres listens on \(home.host).")
say("Data centre \(home.id) is on port \(home.port).")

var configuration = SenderConfiguration(
    endpoints: [Endpoint(host: home.host, port: home.port)],
    dataCenter: Int16(home.id),
    keys: [try ServerPublicKey(pem: home.publicKeyPEM)]
)
configuration.transport = .obfuscatedPaddedIntermediate
configuration.backoff = Backoff(initial: .milliseconds(50))
configuration.makeError = { code, name, method in RPCError.make(code: code, name: name, method: method) }
let sender = Sender(configuration: configuration)

let states = sender.states
let watcher = Task { for await state in states { say("[\(state)]") } }

print("\nThe client connects over the transport '\(configuration.transport)' and agrees on a key.")
try await sender.connect()

print("\nIt announces its layer, and asks for the configuration.")
let announced = TL.InvokeWithLayer(
    layer: TL.layer,
    query: TL.InitConnection(
        apiID: 1,
        deviceModel: "Demo",
        systemVersion: "1",
        appVersion: "1",
        systemLangCode: "en",
        langPack: "",
        langCode: "en",
        query: TL.help.GetConfig()
    )
)
let config = try await sender.call(announced)
for option in config.dcOptions { say("data centre \(option.id) is at \(option.ipAddress):\(option.port)") }

print("\nA hundred calls at once share a few packets.")
let packets = server.statistics.packetsReceived
try await withThrowingTaskGroup(of: Void.self) { group in
    for _ in 0..<100 { group.addTask { _ = try await sender.call(TL.help.GetNearestDc()) } }
    try await group.waitForAll()
}
say("100 answers for \(server.statistics.packetsReceived - packets) packets")

print("\nWhat the server refuses arrives as a typed error.")
server.failNext(TL.help.GetNearestDc.self, with: RPCError.make(code: 420, name: "FLOOD_WAIT_7"))
do {
    _ = try await sender.call(TL.help.GetNearestDc())
} catch let error as RPCError.FloodWait {
    say("wait \(error.seconds) seconds: \(error)")
}

print("\nThe server sends an update of its own accord.")
let online = TL.Update.updateUserStatus(userID: 777_000, status: .userStatusOnline(expires: 2_000_000_000))
for session in server.sessions { try session.push(.updateShort(update: online, date: 1_900_000_000)) }
if case .update(let bytes)? = await sender.pushes.nextBatch().first { say("\(try TL.Updates(decoding: Array(bytes)))") }

print("\nThe connection breaks, and a call is made at that moment: it waits for the next connection.")
await server.closeConnections(breakingOff: true)
let answer = try await sender.call(TL.help.GetNearestDc())
say("the nearest data centre is \(answer.nearestDC)")

await sender.disconnect()
watcher.cancel()
let statistics = server.statistics
print(
    "\nThe server counted \(statistics.connectionsAccepted) connections, \(statistics.keyExchanges) key exchange, "
        + "\(statistics.requestCount) requests, \(statistics.bytesReceived + statistics.bytesSent) bytes."
)
await server.stop()
