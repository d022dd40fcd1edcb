/// What a descriptor is waited for, and what it has become ready for.
struct Readiness: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Bytes, a connection to accept, the end, or an error can be fetched.
    static let read = Readiness(rawValue: 1)
    /// Bytes can be sent, or a connection attempt is over.
    static let write = Readiness(rawValue: 2)
}

/// Hears about one descriptor, on the thread of the loop that it is registered with.
protocol EventHandler: AnyObject {
    /// The descriptor is ready. Errors come as readiness too: the next call on the descriptor tells them.
    func ready(_ readiness: Readiness)
    /// The loop is shutting down; there will be no more events.
    func loopStopped()
}
