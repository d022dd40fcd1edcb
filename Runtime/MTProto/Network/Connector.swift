/// Makes TCP connections.
package enum Connector {
    /// Connects to an endpoint, trying all of its addresses.
    ///
    /// The channel belongs to the caller, who sets its callbacks on its loop and calls `start()`. When the task is
    /// cancelled all sockets are closed before this throws.
    /// - Throws: `MTProtoError` (`cannotConnect`) that names every address and what was wrong with it;
    ///   `CancellationError`.
    package static func connect(
        to endpoint: Endpoint,
        loop: EventLoop,
        options: ConnectOptions = ConnectOptions()
    ) async throws -> SocketChannel {
        try await connect(to: [endpoint], loop: loop, options: options)
    }

    /// Connects to the first of several endpoints that answers. They are tried in this order, each a moment after the
    /// one before, so a dead one costs little.
    package static func connect(
        to endpoints: [Endpoint],
        loop: EventLoop,
        options: ConnectOptions = ConnectOptions()
    ) async throws -> SocketChannel {
        try Task.checkCancellation()
        let name = endpoints.map(\.description).joined(separator: ", ")
        let race = ConnectionRace(name: name, loop: loop, options: options)
        // Addresses in numbers are known now. The task that looks up the others may have to wait for a free thread, which
        // is no reason to let these wait.
        let known = endpoints.map { SocketAddress(host: $0.host, port: $0.port) }.prefix { $0 != nil }
        let unknown = Array(endpoints[known.count...])
        async let _ = feed(race, with: unknown, loop: loop, options: options)
        // Leaving the scope cancels the search for more addresses.
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                loop.execute {
                    race.add(known.compactMap { $0 })
                    if unknown.isEmpty { race.finishCandidates() }
                    race.start(waiter)
                }
            }
        } onCancel: {
            loop.execute { race.cancel() }
        }
    }

    private static func feed(
        _ race: ConnectionRace,
        with endpoints: [Endpoint],
        loop: EventLoop,
        options: ConnectOptions
    ) async {
        guard !endpoints.isEmpty else { return }
        for endpoint in endpoints {
            do {
                let addresses = options.ordered(try await options.resolver.addresses(of: endpoint))
                loop.execute { race.add(addresses) }
            } catch is CancellationError {
                return
            } catch {
                let reason = (error as? MTProtoError)?.message ?? "\(error)"
                loop.execute { race.addFailure(reason) }
            }
        }
        loop.execute { race.finishCandidates() }
    }
}
