/// A call that a loop has been asked to make later. Like the loop's other state it is only touched on the loop's
/// thread.
package struct LoopTimer: Sendable {
    package let loop: EventLoop
    let id: UInt64

    /// Forgets the call. After it was made, or a second time, this does nothing: numbers of timers are never used
    /// again.
    package func cancel() { loop.cancelTimer(id) }
}
