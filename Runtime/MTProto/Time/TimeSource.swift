/// The clocks: ``SystemTime`` everywhere but in tests, which move the hands themselves.
public protocol TimeSource: Sendable {
    /// Reads both clocks.
    func now() -> TimeReading

    /// Calls `body`, on any thread, whenever the hands have been moved by hand, so that timers that became due can
    /// fire. The clocks of the system are never moved like that.
    func onAdjustment(_ body: @escaping @Sendable () -> Void)
}

extension TimeSource {
    /// Does nothing: right for clocks that only tick.
    public func onAdjustment(_ body: @escaping @Sendable () -> Void) {}
}
