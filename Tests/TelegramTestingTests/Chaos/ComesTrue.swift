import MTProto

/// Waits for something that happens by itself and tells nobody, for a few seconds at most.
func comesTrue(isolation: isolated (any Actor)? = #isolation, _ condition: () async -> Bool) async -> Bool {
    let loop = EventLoopGroup.shared.next()
    let limit = SystemTime().now().monotonic + .seconds(120)
    while await !condition() {
        guard SystemTime().now().monotonic < limit else { return false }
        // Other tests need the processor more.
        await withCheckedContinuation { continuation in
            loop.execute { _ = loop.schedule(after: .milliseconds(1)) { continuation.resume() } }
        }
    }
    return true
}
