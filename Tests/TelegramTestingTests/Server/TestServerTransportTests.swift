import MTProto
import TelegramAPI
import Testing

@testable import TelegramTesting

/// The server and the client over real sockets, by each transport.
@Suite(.timeLimit(.minutes(10))) struct TestServerTransportTests {
    @Test(arguments: TransportKind.all)
    func requestIsAnswered(transport: TransportKind) async throws {
        try await withTestServer { server in
            let config = try await server.withSender(transport: transport) { try await $0.call(TL.help.GetConfig()) }
            #expect(config.thisDC == 2)
            #expect(config.dcOptions.map(\.port) == server.dataCenters.map { Int32($0.port) })
            let statistics = server.statistics
            #expect(statistics.keyExchanges == 1 && statistics.requests == ["help.getConfig": 1])
            #expect(statistics.refusedMessages.isEmpty && statistics.unimplementedCalls.isEmpty)
        }
    }

    @Test(arguments: TransportKind.all)
    func updatesAreReceivedInOrder(transport: TransportKind) async throws {
        try await withTestServer { server in
            try await server.withSender(transport: transport) { sender in
                _ = try await sender.call(TL.help.GetConfig())
                let session = try #require(server.sessions.first)
                #expect(session.receivesUpdates && session.layer == TL.layer && session.clientInfo?.apiID == 17)
                for date in 0..<50 { try server.push(update(Int32(date)), to: session) }
                var dates: [Int32] = []
                for await push in sender.pushes {
                    guard case .update(let bytes) = push else { continue }
                    if case .updateShort(let short) = try TL.Updates(decoding: Array(bytes)) {
                        dates.append(short.date)
                    }
                    if dates.count == 50 { break }
                }
                #expect(dates == Array(0..<50))
            }
        }
    }

    @Test(arguments: [
        "0123456789abcdef0123456789abcdef", "dd0123456789abcdef0123456789abcdef",
        "ee0123456789abcdef0123456789abcdef6578616d706c652e6f7267",
    ])
    func proxyLeadsToEveryDataCenter(secret: String) async throws {
        try await withTestServer { configuration in
            configuration.mtProxySecrets = [secret]
        } _: { server in
            let proxy = try #require(server.proxies.first)
            for id in [1, 2] as [Int32] {
                let config = try await server.withSender(
                    dataCenter: id,
                    transport: .obfuscatedPaddedIntermediate
                ) { configuration in
                    configuration.proxy = try .mtProxy(host: proxy.host, port: proxy.port, secret: proxy.secret)
                } _: {
                    try await $0.call(TL.help.GetConfig())
                }
                #expect(config.thisDC == id)
            }
        }
    }

    @Test func thousandRequestsOfOneConnectionAreAnswered() async throws {
        try await withTestServer { server in
            try await server.withSender(transport: .obfuscatedAbridged) { sender in
                try await withThrowingTaskGroup(of: Int32.self) { group in
                    for _ in 0..<1_000 {
                        group.addTask { try await sender.call(TL.help.GetNearestDc()).thisDC }
                    }
                    for try await dataCenter in group { #expect(dataCenter == 2) }
                }
            }
            #expect(server.statistics.requests == ["help.getNearestDc": 1_000])
            #expect(server.statistics.executions.values.allSatisfy { $0 == 1 })
        }
    }
}

/// News with a date to tell them apart.
func update(_ date: Int32) -> TL.Updates {
    .updateShort(update: .updateUserStatus(userID: 1, status: .userStatusOnline(expires: 0)), date: date)
}
