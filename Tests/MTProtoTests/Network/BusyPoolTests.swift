import MTProto
import MTProtoCrypto
import Testing

extension NetworkTests {
    // In a process of its own, since it takes all threads of the cooperative pool.
    #if compiler(>=6.2)
        @Suite struct BusyPoolTests {
            @Test func aNameIsLookedUpWhileNoThreadIsFree() async throws {
                await #expect(processExitsWith: .success) {
                    try await withLoops { group in
                        let gate = Gate()
                        let accepted = Promise<SocketChannel>()
                        let listener = try SocketListener.bind(loops: group) { channel in
                            accepted.keep(channel)
                            gate.open()
                        }
                        defer { withExtendedLifetime(listener) {} }
                        let resolver = AddressResolver(threads: 1) { endpoint throws(MTProtoError) in
                            // From now on whatever needs a task has to wait for the connection.
                            for _ in 0..<1_000 { Task { gate.wait() } }
                            return [SocketAddress(host: "127.0.0.1", port: endpoint.port)].compactMap { $0 }
                        }
                        let channel = try await Connector.connect(
                            to: ["first.test", "second.test"].map { Endpoint(host: $0, port: listener.port) },
                            loop: group.next(),
                            options: ConnectOptions(timeout: .seconds(60), resolver: resolver)
                        )
                        #expect(channel.remoteAddress.port == listener.port)
                    }
                }
            }
        }
    #endif
}
