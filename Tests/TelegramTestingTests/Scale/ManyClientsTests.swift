import MTProto
import TelegramAPI
import Testing

@testable import TelegramTesting

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Many clients in one process, each with a key and a connection of its own.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ManyClientsTests {
    /// Set `TELEGRAM_TEST_CLIENTS` for another number.
    private let count = getenv("TELEGRAM_TEST_CLIENTS").flatMap { Int32(String(cString: $0)) } ?? 1_000

    /// Two descriptors for each connection, since both ends are here, and some for others.
    private func allowDescriptors() -> Bool {
        var limit = rlimit()
        #if canImport(Darwin)
            let resource = RLIMIT_NOFILE
        #else
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #endif
        let wanted = rlim_t(2 * count + 500)
        guard getrlimit(resource, &limit) == 0 else { return false }
        guard limit.rlim_cur < wanted else { return true }
        limit.rlim_cur = min(wanted, limit.rlim_max)
        return setrlimit(resource, &limit) == 0 && limit.rlim_cur >= wanted
    }

    @Test func thousandClientsInOneProcessAreServed() async throws {
        try #require(allowDescriptors(), "\(count) clients need two descriptors each")
        try await withTestServer { server in
            let echo = EchoService(on: server)
            let start = SystemTime().now().monotonic
            let before = residentByteCount
            var configuration = try server.senderConfiguration()
            configuration.stepTimeout = .seconds(60)
            let senders = (0..<count).map { _ in Sender(configuration: configuration) }
            try await each(senders) { sender, _ in try await sender.connect() }
            let connected = SystemTime().now().monotonic
            let resident = residentByteCount
            try await each(senders) { sender, index in
                for call in 0..<3 { try await EchoService.call(index * 3 + Int32(call), by: sender) }
            }
            let called = SystemTime().now().monotonic
            #expect(server.statistics.connectionsOpen == Int(count))
            #expect(server.statistics.connectionsAccepted == Int(count))
            #expect(server.statistics.keyExchanges == Int(count))
            #expect(server.statistics.sessionsCreated == Int(count))
            #expect(echo.executedCount == Int(count) * 3 && echo.repeated == [])
            try await each(senders) { sender, _ in await sender.disconnect() }
            #expect(await comesTrue { server.statistics.connectionsOpen == 0 })
            print(
                "scale: \(count) clients connected in \(connected - start), made 3 calls each in \(called - connected);",
                "client and server together \((resident - before) / Int(count)) bytes per connection"
            )
        }
    }

    private func each(
        _ senders: [Sender],
        _ body: @escaping @Sendable (Sender, Int32) async throws -> Void
    ) async throws {
        // A key exchange is milliseconds of arithmetic on each side: a thousand at once would leave other tests no
        // time.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, sender) in senders.enumerated() {
                if index >= 16 { try await group.next() }
                group.addTask { try await body(sender, Int32(index)) }
            }
            try await group.waitForAll()
        }
    }

    private var residentByteCount: Int {
        #if os(Linux)
            ProcessResources.residentByteCount
        #else
            0
        #endif
    }
}
