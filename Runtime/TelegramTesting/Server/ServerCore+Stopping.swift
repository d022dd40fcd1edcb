import MTProto

extension ServerCore {
    /// Ends everything, and returns when no handler runs any more, or when some go on regardless.
    func stop() async {
        guard !isStopped else { return }
        isStopped = true
        timer?.cancel()
        delayed = []
        for connection in connections.values { close(connection) }
        for session in sessions.values { destroy(session) }
        guard runningTasks > 0 else { return }
        // Real time, since a clock that a test moves would stand still now.
        let limit = loop.schedule(after: configuration.stopTimeout) { [weak self] in
            self?.assumeIsolated { $0.resumeIdleWaiters() }
        }
        await withCheckedContinuation { idleWaiters.append($0) }
        limit.cancel()
    }

    func resumeIdleWaiters() {
        let waiters = idleWaiters
        idleWaiters = []
        for waiter in waiters { waiter.resume() }
    }
}
