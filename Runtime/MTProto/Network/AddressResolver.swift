import MTProtoCrypto

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Finds the addresses of names. The system's way blocks, so it happens on threads that are there for nothing else and
/// end when no name waits.
package final class AddressResolver: Sendable {
    package typealias Lookup = @Sendable (Endpoint) throws(MTProtoError) -> [SocketAddress]

    /// The resolver of the process: four names at a time.
    package static let shared = AddressResolver(threads: 4)

    package typealias Answer = Result<[SocketAddress], any Error>
    private typealias Waiter = @Sendable (Answer) -> Void

    /// Somebody's wait for an answer.
    package struct Search: Sendable {
        fileprivate let resolver: AddressResolver
        fileprivate let id: UInt64

        /// Ends the wait with a `CancellationError`, unless it is over. The system's search may go on in the
        /// background.
        package func cancel() { resolver.cancel(id) }
    }

    private struct State {
        var waiters: [UInt64: Waiter] = [:]
        /// Requests that no thread has taken yet.
        var queue: [(id: UInt64, endpoint: Endpoint)] = []
        var workers = 0
        var nextID: UInt64 = 0
    }

    private let threads: Int
    private let lookup: Lookup
    private let state = Locked(State())

    /// Creates a resolver with at most `threads` threads; `lookup` is what they do, and may block.
    package init(threads: Int, lookup: @escaping Lookup = AddressResolver.systemLookup) {
        self.threads = threads
        self.lookup = lookup
    }

    /// The addresses of an endpoint, in the system's order. An address in numbers is its own, without any delay. Who is
    /// cancelled stops to wait at once, even if the system's search goes on in the background.
    package func addresses(of endpoint: Endpoint) async throws -> [SocketAddress] {
        if let address = SocketAddress(host: endpoint.host, port: endpoint.port) { return [address] }
        let search = makeSearch()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                submit(search.id, endpoint) { waiter.resume(with: $0) }
                // The cancellation may have come before there was a waiter to wake.
                if Task.isCancelled { search.cancel() }
            }
        } onCancel: {
            search.cancel()
        }
    }

    /// Finds the addresses of an endpoint without a task, for those who must not wait for a free thread of the
    /// cooperative pool. The answer comes exactly once, on any thread; for an address in numbers, within the call.
    package func resolve(_ endpoint: Endpoint, _ answer: @escaping @Sendable (Answer) -> Void) -> Search {
        let search = makeSearch()
        if let address = SocketAddress(host: endpoint.host, port: endpoint.port) {
            answer(.success([address]))
        } else {
            submit(search.id, endpoint, answer)
        }
        return search
    }

    private func makeSearch() -> Search {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return Search(resolver: self, id: id)
    }

    private func submit(_ id: UInt64, _ endpoint: Endpoint, _ waiter: @escaping Waiter) {
        let failure = state.withLock { state -> MTProtoError? in
            state.waiters[id] = waiter
            state.queue.append((id, endpoint))
            guard state.workers < threads else { return nil }
            do throws(MTProtoError) {
                let worker = try SystemThread(name: "mtproto-resolve") { [self] in work() }
                worker.detach()
                state.workers += 1
            } catch {
                guard state.workers == 0 else { return nil }
                state.queue.removeAll { $0.id == id }
                return error
            }
            return nil
        }
        if let failure { finish(id, .failure(failure)) }
    }

    fileprivate func cancel(_ id: UInt64) {
        state.withLock { state in state.queue.removeAll { $0.id == id } }
        finish(id, .failure(CancellationError()))
    }

    private func finish(_ id: UInt64, _ answer: Answer) {
        let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
        waiter?(answer)
    }

    private func work() {
        while true {
            let next = state.withLock { state -> (id: UInt64, endpoint: Endpoint)? in
                guard !state.queue.isEmpty else {
                    state.workers -= 1
                    return nil
                }
                return state.queue.removeFirst()
            }
            guard let next else { return }
            do throws(MTProtoError) {
                finish(next.id, .success(try lookup(next.endpoint)))
            } catch {
                finish(next.id, .failure(error))
            }
        }
    }

    /// Asks the system: files, DNS, whatever it is configured for. Blocks for seconds when servers do not answer.
    @Sendable package static func systemLookup(_ endpoint: Endpoint) throws(MTProtoError) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        #if canImport(Darwin)
            hints.ai_socktype = SOCK_STREAM
        #else
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        let failure = getaddrinfo(endpoint.host, nil, &hints, &list)
        guard failure == 0 else {
            let reason = failure == EAI_SYSTEM ? "\(ErrorNumber.last)" : String(cString: gai_strerror(failure))
            throw MTProtoError(.cannotConnect, "no address was found for '\(endpoint.host)': \(reason)")
        }
        defer { freeaddrinfo(list) }
        var found: [SocketAddress] = []
        var entry = list
        while let current = entry {
            if let pointer = current.pointee.ai_addr,
                let address = SocketAddress(pointer, length: Int(current.pointee.ai_addrlen))?.with(
                    port: endpoint.port
                ),
                !found.contains(address)
            {
                found.append(address)
            }
            entry = current.pointee.ai_next
        }
        guard !found.isEmpty else {
            throw MTProtoError(.cannotConnect, "'\(endpoint.host)' has no IPv4 or IPv6 address")
        }
        return found
    }
}
