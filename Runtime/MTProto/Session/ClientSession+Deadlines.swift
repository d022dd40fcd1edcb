import TLRuntime

/// What happens without anything coming.
extension ClientSession {
    /// When ``deadlineReached(at:)`` is to be called, on the monotonic scale; a moment in the past means at once.
    package var deadline: Duration? {
        if !events.isEmpty { return .zero }
        guard isConnected, keepAlive.isRunning, bindingState != .failed else { return nil }
        var earliest: Duration?
        for deadline in deadlines {
            // A deadline that the owner knows of waits for the connection to take the packet, not for a timer.
            if let toldDeadlines, deadline <= toldDeadlines { continue }
            earliest = min(earliest ?? deadline, deadline)
        }
        return earliest
    }

    private var deadlines: [Duration] {
        var deadlines = [keepAlive.deathDeadline].compactMap { $0 }
        guard bindingState == .done else { return deadlines }
        deadlines += [keepAlive.pingDeadline, saltDeadline, acknowledgements.deadline].compactMap { $0 }
        for service in services.all {
            if case .stateQuestion = service.kind { deadlines.append(service.sentAt + configuration.stateTimeout) }
        }
        return deadlines
    }

    /// Does what is due. Packets that became due are fetched with ``packets(at:)``, as always.
    package mutating func deadlineReached(at now: TimeReading) -> [SessionEvent] {
        guard isConnected else { return takeEvents() }
        toldDeadlines = now.monotonic
        if keepAlive.hasDied(at: now) {
            let seconds = configuration.pingTimeout.components.seconds
            events.append(
                .reconnect(
                    MTProtoError(
                        .connectionLost,
                        "the server has not answered a ping, nor sent anything else, for \(seconds) s"
                    )
                )
            )
        }
        let timeout = configuration.stateTimeout
        let unanswered = services.take { service in
            guard case .stateQuestion = service.kind else { return false }
            return service.sentAt + timeout <= now.monotonic
        }
        for case .stateQuestion(let ids) in unanswered.map(\.kind) { askAgain(ids) }
        return takeEvents()
    }
}
