import MTProto
import MTProtoCrypto
import Testing

extension NetworkTests {
    @Suite struct AddressResolverTests {
        @Test func numbersNeedNoLookup() async throws {
            let resolver = AddressResolver(threads: 1) { endpoint throws(MTProtoError) in
                throw MTProtoError(.cannotConnect, "'\(endpoint.host)' was looked up")
            }
            #expect(
                try await resolver.addresses(of: Endpoint(host: "1.2.3.4", port: 5)).map(\.description) == ["1.2.3.4:5"]
            )
            #expect(try await resolver.addresses(of: Endpoint(host: "::2", port: 5)).map(\.description) == ["[::2]:5"])
        }

        @Test func theSystemKnowsThisMachine() async throws {
            let found = try await AddressResolver.shared.addresses(of: Endpoint(host: "localhost", port: 443))
            #expect(found.contains { ["127.0.0.1:443", "[::1]:443"].contains($0.description) })
            #expect(Set(found).count == found.count)
        }

        @Test func aNameThatDoesNotExistIsNamedInTheError() async throws {
            let error = try await errorOf {
                try await AddressResolver.shared.addresses(of: Endpoint(host: "does not exist.invalid", port: 1))
            }
            let failure = try #require(error as? MTProtoError)
            #expect(failure.code == .cannotConnect)
            #expect(failure.message.hasPrefix("no address was found for 'does not exist.invalid': "))
        }

        @Test func manyNamesShareFewThreads() async throws {
            let running = Locked((now: 0, most: 0))
            let resolver = AddressResolver(threads: 3) { endpoint throws(MTProtoError) in
                running.withLock { state in
                    state.now += 1
                    state.most = max(state.most, state.now)
                }
                defer { running.withLock { $0.now -= 1 } }
                return [SocketAddress(host: "10.0.0.1", port: endpoint.port)].compactMap { $0 }
            }
            try await withThrowingTaskGroup(of: (UInt16, [SocketAddress]).self) { tasks in
                for port in 1...UInt16(300) {
                    tasks.addTask { (port, try await resolver.addresses(of: Endpoint(host: "name.test", port: port))) }
                }
                for try await (port, found) in tasks { #expect(found.map(\.port) == [port]) }
            }
            #expect(running.withLock { (1...3).contains($0.most) })
        }

        @Test func anAnswerWithoutTaskComesOnceAndForNumbersWithinTheCall() async throws {
            let gate = Gate()
            let resolver = AddressResolver(threads: 1) { endpoint throws(MTProtoError) in
                gate.wait()
                return [SocketAddress(host: "10.0.0.1", port: endpoint.port)].compactMap { $0 }
            }
            let answers = Locked<[String]>([])
            @Sendable func note(_ answer: AddressResolver.Answer) {
                let text = (try? answer.get().map(\.description).joined()) ?? "none"
                answers.withLock { $0.append(text) }
            }
            _ = resolver.resolve(Endpoint(host: "1.2.3.4", port: 5), note)
            #expect(answers.withLock { $0 } == ["1.2.3.4:5"])
            let cancelled = resolver.resolve(Endpoint(host: "slow.test", port: 6), note)
            cancelled.cancel()
            cancelled.cancel()
            #expect(answers.withLock { $0 } == ["1.2.3.4:5", "none"])
            let last = Promise<Bool>()
            _ = resolver.resolve(Endpoint(host: "name.test", port: 7)) { answer in
                note(answer)
                last.keep(true)
            }
            gate.open()
            _ = await last.value
            #expect(answers.withLock { $0 } == ["1.2.3.4:5", "none", "10.0.0.1:7"])
        }

        @Test func whoIsCancelledDoesNotWait() async throws {
            let gate = Gate()
            let started = Promise<Bool>()
            let resolver = AddressResolver(threads: 1) { _ throws(MTProtoError) in
                started.keep(true)
                gate.wait()
                return []
            }
            let tasks = (0..<20).map { number in
                Task { try await resolver.addresses(of: Endpoint(host: "slow\(number).test", port: 1)) }
            }
            _ = await started.value
            for task in tasks { task.cancel() }
            for task in tasks { #expect(try await errorOf { try await task.value } is CancellationError) }
            gate.open()
        }
    }
}
