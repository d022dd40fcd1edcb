import Foundation

/// Runs `body` on a thread with as little stack as the system gives to its own worker threads, 512 KB. Overflowing it
/// ends the process.
func onSmallStack<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        let thread = Thread { continuation.resume(returning: body()) }
        thread.stackSize = 512 * 1024
        thread.start()
    }
}
