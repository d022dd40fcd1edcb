/// Makes TCP connections.
package enum Connector {
    /// A connection, and which of the endpoints it leads to.
    package struct Connection: Sendable {
        package let channel: SocketChannel
        package let endpoint: Endpoint
    }

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
        try await connection(to: endpoints, loop: loop, options: options).channel
    }

    /// Does the same as ``connect(to:loop:options:)``, for those who want to know which endpoint has answered.
    package static func connection(
        to endpoints: [Endpoint],
        loop: EventLoop,
        options: ConnectOptions = ConnectOptions()
    ) async throws -> Connection {
        try Task.checkCancellation()
        let race = ConnectionRace(to: endpoints, loop: loop, options: options)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                loop.execute { race.start(waiter) }
            }
        } onCancel: {
            loop.execute { race.cancel() }
        }
    }
}
