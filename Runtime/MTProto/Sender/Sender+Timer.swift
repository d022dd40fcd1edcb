/// The one timer of a sender.
extension Sender {
    /// Sees to it that ``deadlinesReached()`` is called in time. A timer that is set for an earlier moment is left
    /// alone: it finds nothing to do and sets itself anew, which is cheaper than a new timer for every request.
    func armTimer() {
        let now = time.now()
        guard let deadline = nextDeadline(at: now) else { return }
        if let timerDeadline, timerDeadline <= deadline { return }
        timer?.cancel()
        timerDeadline = deadline
        // A clock that stands still, as in a test, must not make this a busy loop.
        let delay = max(deadline - now.monotonic, .milliseconds(1))
        timer = loop.schedule(after: delay) { [weak self] in
            self?.assumeIsolated { sender in
                sender.timer = nil
                sender.timerDeadline = nil
                sender.deadlinesReached()
            }
        }
    }

    /// The earliest moment, on the monotonic scale, at which something is to be done.
    private func nextDeadline(at now: TimeReading) -> Duration? {
        var earliest = session?.deadline
        func consider(_ deadline: Duration?) {
            if let deadline { earliest = min(earliest ?? deadline, deadline) }
        }
        consider(connection?.stepDeadline)
        consider(renewalDeadline(at: now))
        if keyExchange?.computation == nil { consider(keyExchange?.deadline) }
        consider(retiring?.deadline)
        consider(retiring?.session.deadline)
        switch phase {
        case .waiting(let until), .closing(let until): consider(until)
        default: break
        }
        return earliest
    }

    /// Does everything that is due.
    func deadlinesReached() {
        let now = time.now()
        func isDue(_ deadline: Duration?) -> Bool { deadline.map { $0 <= now.monotonic } ?? false }

        if case .waiting(let until) = phase, isDue(until) { startAttempt() }
        if case .closing(let until) = phase, isDue(until) { finishClosing() }
        if isDue(connection?.stepDeadline) {
            let text = "the proxy did not finish its handshake within \(configuration.stepTimeout)"
            connectionEnded(MTProtoError(configuration.proxy == nil ? .cannotConnect : .proxyFailed, text))
        }
        if keyExchange?.computation == nil, isDue(keyExchange?.deadline) {
            let text = "the server did not go on with the key exchange within \(configuration.stepTimeout)"
            keyExchangeFailed(MTProtoError(.cannotConnect, text))
        }
        if isDue(session?.deadline) { noteDelivery(at: now) }
        if isDue(session?.deadline) { handle(session?.deadlineReached(at: now) ?? [], of: sessionNumber) }
        if let number = retiring?.number, isDue(retiring?.session.deadline) {
            handle(retiring?.session.deadlineReached(at: now) ?? [], of: number)
        }
        if isDue(retiring?.deadline) { settleRetiringSession() }
        if isDue(renewalDeadline(at: now)) { renewTemporaryKey(at: now) }
        scheduleFlush()
        armTimer()
    }
}
