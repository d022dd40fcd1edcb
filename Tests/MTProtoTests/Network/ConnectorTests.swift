import MTProto
import MTProtoCrypto
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension NetworkTests {
    @Suite struct ConnectorTests {
        /// A resolver that knows the names it is told.
        private func resolver(_ names: [String: [String]]) -> AddressResolver {
            AddressResolver(threads: 2) { endpoint throws(MTProtoError) in
                guard let hosts = names[endpoint.host] else {
                    throw MTProtoError(.cannotConnect, "no address was found for '\(endpoint.host)'")
                }
                return hosts.compactMap { SocketAddress(host: $0, port: endpoint.port) }
            }
        }

        @Test(arguments: ["127.0.0.1", "::1"])
        func connectsOverBothFamilies(host: String) async throws {
            try await withLoops { group in
                let pair = try await ChannelPair.make(group, host: host)
                #expect(pair.client.remoteAddress == pair.listener.address)
                let local = await pair.client.loop.run { pair.client.localAddress }
                #expect(local == pair.server.remoteAddress)
            }
        }

        @Test func aRefusedConnectionIsToldWithItsAddress() async throws {
            try await withLoops { group in
                let dead = deadEndpoint
                let error = try await errorOf { try await Connector.connect(to: dead, loop: group.next()) }
                let failure = try #require(error as? MTProtoError)
                #expect(failure.code == .cannotConnect)
                #expect(failure.message.hasPrefix("cannot connect to '\(dead)': \(dead): Connection refused"))
            }
        }

        @Test func silenceEndsWithTheTimeout() async throws {
            try await withLoops { group in
                let silent = try SilentServer()
                defer { silent.close() }
                let start = ContinuousClock.now
                let error = try await errorOf {
                    try await Connector.connect(
                        to: silent.endpoint,
                        loop: group.next(),
                        options: ConnectOptions(timeout: .milliseconds(100))
                    )
                }
                #expect(ContinuousClock.now - start >= .milliseconds(100))
                let failure = try #require(error as? MTProtoError)
                #expect(failure.message.contains("within 0.1 seconds: \(silent.endpoint): no answer"))
            }
        }

        @Test func everyAddressIsNamed() async throws {
            try await withLoops { group in
                let dead = deadEndpoint
                let options = ConnectOptions(resolver: resolver(["dead.test": ["127.0.0.1", "::1"]]))
                let error = try await errorOf {
                    try await Connector.connect(
                        to: [Endpoint(host: "dead.test", port: dead.port), Endpoint(host: "lost.test", port: 1)],
                        loop: group.next(),
                        options: options
                    )
                }
                let failure = try #require(error as? MTProtoError)
                #expect(failure.message.contains("'dead.test:\(dead.port), lost.test:1'"))
                #expect(failure.message.contains("127.0.0.1:\(dead.port): Connection refused"))
                #expect(failure.message.contains("[::1]:\(dead.port): Connection refused"))
                #expect(failure.message.contains("no address was found for 'lost.test'"))
            }
        }

        @Test func aDeadEndpointCostsOnlyTheWayToTheNext() async throws {
            try await withLoops { group in
                let accepted = Promise<SocketChannel>()
                let listener = try SocketListener.bind(loops: group) { accepted.keep($0) }
                defer { withExtendedLifetime(listener) {} }
                let dead = deadEndpoint
                let live = Endpoint(host: "127.0.0.1", port: listener.port)
                // With such a delay only the failure can have brought the next one on.
                let options = ConnectOptions(attemptDelay: .seconds(60))
                let channel = try await Connector.connect(to: [dead, live], loop: group.next(), options: options)
                #expect(channel.remoteAddress.port == live.port)
            }
        }

        @Test func aSilentEndpointDelaysTheNextOnlyALittle() async throws {
            try await withLoops { group in
                let silent = try SilentServer()
                defer { silent.close() }
                let accepted = Promise<SocketChannel>()
                let listener = try SocketListener.bind(loops: group) { accepted.keep($0) }
                defer { withExtendedLifetime(listener) {} }
                let live = Endpoint(host: "127.0.0.1", port: listener.port)
                let start = ContinuousClock.now
                let channel = try await Connector.connect(
                    to: [silent.endpoint, live],
                    loop: group.next(),
                    options: ConnectOptions(timeout: .seconds(60), attemptDelay: .milliseconds(50))
                )
                #expect(channel.remoteAddress.port == live.port)
                #expect((.milliseconds(50)..<Duration.seconds(30)).contains(ContinuousClock.now - start))
            }
        }

        @Test func theFamilyThatIsPreferredGoesFirst() throws {
            let addresses = try ["1.1.1.1", "2.2.2.2", "3.3.3.3", "::1", "::2"].map {
                try #require(SocketAddress(host: $0, port: 1))
            }
            #expect(
                ConnectOptions().ordered(addresses).map(\.host) == ["1.1.1.1", "::1", "2.2.2.2", "::2", "3.3.3.3"]
            )
            #expect(
                ConnectOptions(preferIPv6: true).ordered(addresses).map(\.host)
                    == ["::1", "1.1.1.1", "::2", "2.2.2.2", "3.3.3.3"]
            )
        }

        @Test func aLocalAddressIsUsedAndItsFamilyRespected() async throws {
            try await withLoops { group in
                let accepted = Promise<SocketChannel>()
                let listener = try SocketListener.bind(loops: group) { accepted.keep($0) }
                defer { withExtendedLifetime(listener) {} }
                let options = ConnectOptions(
                    localAddress: SocketAddress(host: "127.0.0.1", port: 0),
                    resolver: resolver(["both.test": ["::1", "127.0.0.1"]])
                )
                let endpoint = Endpoint(host: "both.test", port: listener.port)
                let channel = try await Connector.connect(to: endpoint, loop: group.next(), options: options)
                #expect(channel.remoteAddress.family == .ipv4)
                var wrong = options
                wrong.localAddress = SocketAddress(host: "203.0.113.77", port: 0)
                let error = try await errorOf {
                    try await Connector.connect(to: endpoint, loop: group.next(), options: wrong)
                }
                let message = try #require((error as? MTProtoError)?.message)
                #expect(message.contains("[::1]:\(listener.port): it cannot be reached from '203.0.113.77'"))
                #expect(message.contains("coming from '203.0.113.77:0'"))
            }
        }

        @Test func noEndpointIsAnError() async throws {
            try await withLoops { group in
                let error = try await errorOf { try await Connector.connect(to: [], loop: group.next()) }
                #expect((error as? MTProtoError)?.message == "cannot connect to '': there is no address to connect to")
            }
        }

        // In processes of their own, since other tests open and close descriptors all the time.
        #if compiler(>=6.2)
            @Test func cancellationEndsTheAttemptAtOnceAndLeavesNoDescriptor() async throws {
                await #expect(processExitsWith: .success) {
                    try await withLoops { group in
                        let silent = try SilentServer()
                        defer { silent.close() }
                        let before = openDescriptorCount()
                        for round in 0..<200 {
                            let task = Task {
                                try await Connector.connect(
                                    to: [silent.endpoint, silent.endpoint],
                                    loop: group.next(),
                                    options: ConnectOptions(timeout: .seconds(120), attemptDelay: .zero)
                                )
                            }
                            // Some are cancelled before they start, most while they wait.
                            if round % 4 > 0 { for _ in 0..<round { _ = await group.next().run { true } } }
                            task.cancel()
                            let error = try await errorOf { try await task.value }
                            #expect(error is CancellationError)
                        }
                        #expect(openDescriptorCount() - before < 20)
                    }
                }
            }

            @Test func failuresAndLosersLeaveNoDescriptor() async throws {
                await #expect(processExitsWith: .success) {
                    try await withLoops { group in
                        let silent = try SilentServer()
                        defer { silent.close() }
                        let dead = deadEndpoint
                        let kept = Locked<[SocketChannel]>([])
                        let listener = try SocketListener.bind(loops: group) { channel in
                            kept.withLock { $0 = [channel] }
                        }
                        defer { withExtendedLifetime(listener) {} }
                        let live = Endpoint(host: "127.0.0.1", port: listener.port)
                        let before = openDescriptorCount()
                        for _ in 0..<150 {
                            let options = ConnectOptions(timeout: .milliseconds(20), attemptDelay: .zero)
                            _ = try await errorOf {
                                try await Connector.connect(
                                    to: [silent.endpoint, dead],
                                    loop: group.next(),
                                    options: options
                                )
                            }
                            let channel = try await Connector.connect(
                                to: [silent.endpoint, dead, live],
                                loop: group.next(),
                                options: ConnectOptions(attemptDelay: .zero)
                            )
                            #expect(channel.remoteAddress.port == live.port)
                        }
                        #expect(openDescriptorCount() - before < 20)
                    }
                }
            }
        #endif

        @Test func shuttingDownTheLoopEndsAttemptsAndDoesNotBeginOthers() async throws {
            let silent = try SilentServer()
            defer { silent.close() }
            let group = EventLoopGroup(threads: 1)
            let queued = Promise<Bool>()
            let resolver = AddressResolver(threads: 1) { endpoint throws(MTProtoError) in
                // When the last name is looked up, the addresses before it are on their way to the loop.
                if endpoint.host == "last.test" { queued.keep(true) }
                return [SocketAddress(host: "127.0.0.1", port: endpoint.port)].compactMap { $0 }
            }
            let endpoints = ["first.test", "second.test", "last.test"].map {
                Endpoint(host: $0, port: silent.endpoint.port)
            }
            let loop = group.next()
            let task = Task {
                try await Connector.connect(
                    to: endpoints,
                    loop: loop,
                    options: ConnectOptions(timeout: .seconds(600), attemptDelay: .seconds(600), resolver: resolver)
                )
            }
            _ = await queued.value
            await group.shutDown()
            let error = try await errorOf { try await task.value }
            #expect((error as? MTProtoError)?.message.contains("the event loop was shut down") == true)
        }

        @Test func aLookupThatHangsIsBoundByTheTimeoutAndByCancellation() async throws {
            try await withLoops { group in
                let gate = Gate()
                defer { gate.open() }
                let resolver = AddressResolver(threads: 1) { _ throws(MTProtoError) in
                    gate.wait()
                    return []
                }
                let endpoint = Endpoint(host: "slow.test", port: 1)
                let options = ConnectOptions(timeout: .milliseconds(30), resolver: resolver)
                let error = try await errorOf {
                    try await Connector.connect(to: endpoint, loop: group.next(), options: options)
                }
                let message = try #require((error as? MTProtoError)?.message)
                #expect(message.contains("looking up addresses took too long"))
                let task = Task {
                    try await Connector.connect(
                        to: endpoint,
                        loop: group.next(),
                        options: ConnectOptions(resolver: resolver)
                    )
                }
                task.cancel()
                #expect(try await errorOf { try await task.value } is CancellationError)
            }
        }
    }
}
