import MTProtoCrypto
import TLRuntime

/// What comes: the checks, and the way to whoever deals with it.
extension ClientSession {
    /// Takes a packet, which is decrypted in place. Results and pushes are slices of it, unless they were compressed.
    package mutating func received(_ packet: inout [UInt8], at now: TimeReading) -> [SessionEvent] {
        do throws(MTProtoError) {
            let opened = try Envelope.open(&packet, key: key, from: .server)
            receive(opened, body: packet[opened.body], at: now)
        } catch {
            drop(error)
        }
        return takeEvents()
    }

    private mutating func receive(_ opened: OpenedMessage, body: ArraySlice<UInt8>, at now: TimeReading) {
        guard opened.sessionID == sessionID else {
            if formerSessionIDs.contains(opened.sessionID) {
                return log.debug("dropped message \(opened.messageID), which belongs to a session before this one")
            }
            return drop(
                MTProtoError(
                    .sessionID,
                    "message \(opened.messageID) belongs to session \(opened.sessionID), not to this one"
                )
            )
        }
        guard opened.messageID.isFromServer else {
            return drop(
                MTProtoError(
                    .messageIDParity,
                    "a message has the even identifier \(opened.messageID), like those of clients"
                )
            )
        }
        keepAlive.received(at: now)
        let message = ContainedMessage(
            id: opened.messageID,
            sequenceNumber: opened.sequenceNumber,
            body: body
        )
        var opener = PacketOpener(limit: configuration.maximumInflatedBytes)
        // A message that is known is not inflated once more: somebody could send it all day.
        let verdict = inbox.verdict(on: message.id)
        guard verdict != .known else { return dropDuplicate(message, at: now) }
        opener.open(message)

        let isTrusted = verdict == .new && isTimely(message.id, opener.items, at: now)
        for item in opener.items { take(item, isTrusted: isTrusted, with: &opener, at: now) }
        for failure in opener.failures { drop(failure) }
    }

    // MARK: - Checks

    /// Whether the packet was made in time. If it was not, but proves to be fresh, the clock was wrong.
    private mutating func isTimely(_ id: MessageID, _ items: [ReceivedItem], at now: TimeReading) -> Bool {
        func failedCheck() -> SecurityCheck? {
            TimeGuard.failedCheck(created: id.time, serverTime: clock.serverTime(at: now))
        }
        if failedCheck() != nil {
            for item in items { proveTime(by: item, at: now) }
        }
        guard let check = failedCheck() else {
            timeGuard.acceptedFresh()
            return true
        }
        let age = clock.serverTime(at: now) - id.time
        drop(
            MTProtoError(
                check,
                "message \(id) was made \(age.components.seconds) seconds ago by the clock of this session"
            )
        )
        if timeGuard.droppedStale() { keepAlive.pingSoon() }
        return false
    }

    /// Takes the server's time from an answer to something that was sent a moment ago. Nothing else may move the clock:
    /// what is only well encrypted can be a replay.
    private mutating func proveTime(by item: ReceivedItem, at now: TimeReading) {
        guard let subject = item.subject, let sentAt = departure(of: subject) else { return }
        noteTime(of: item.id, answering: sentAt, at: now)
    }

    /// Corrects the clock if an answer shows that it is wrong.
    mutating func noteTime(of id: MessageID, answering sentAt: Duration, at now: TimeReading) {
        let elapsed = now.monotonic - sentAt
        guard elapsed <= TimeGuard.proofLifetime else { return }
        let assumed = clock.serverTime(at: now)
        let correction = TimeGuard.correction(of: assumed, answered: id.time, elapsed: elapsed)
        guard correction != nil || !clock.isSynchronized else { return }
        clock.synchronize(serverTime: correction ?? assumed, at: now)
        updateSaltDeadline(at: now)
        events.append(.timeCorrected(offset: clock.wallOffset(at: now)))
        log.debug("the server's clock is \(clock.wallOffset(at: now)) ahead of this machine's")
    }

    /// When a message of this side left, if it is still on its way or left lately.
    private func departure(of id: MessageID) -> Duration? {
        requests.request(of: id)?.sentAt ?? services.sent(id)?.sentAt ?? sentPackets.departure(of: id)
    }

    mutating func drop(_ error: MTProtoError) {
        log.debug("dropped a message: \(error)")
        guard let check = error.check else { return }
        events.append(.dropped(check, error.message))
    }

    /// The server sends again what it believes to be lost, so acknowledgments are repeated.
    private mutating func dropDuplicate(_ message: ContainedMessage, at now: TimeReading) {
        if message.isContentRelated { acknowledgements.append(message.id, at: now) }
        if case .container(let messages) = try? MessageContent.parse(message.body) {
            for inner in messages where inner.isContentRelated && inbox.verdict(on: inner.id) == .known {
                acknowledgements.append(inner.id, at: now)
            }
        }
        drop(MTProtoError(.duplicateMessage, "message \(message.id) has come before"))
    }

    // MARK: - Delivery

    /// - Parameter isTrusted: Whether the packet is certainly new. If not, only answers are taken to what is still
    ///   waiting for one: those cannot be replays, since the first copy would have ended the wait.
    private mutating func take(
        _ item: ReceivedItem,
        isTrusted: Bool,
        with opener: inout PacketOpener,
        at now: TimeReading
    ) {
        let verdict = item.isContained ? inbox.verdict(on: item.id) : .new
        if verdict == .known {
            if item.isContentRelated { acknowledgements.append(item.id, at: now) }
            return drop(MTProtoError(.duplicateMessage, "message \(item.id) has come before"))
        }
        if !isTrusted || verdict == .forgotten {
            guard let subject = item.subject, departure(of: subject) != nil else {
                if isTrusted || inbox.verdict(on: item.id) == .forgotten {
                    drop(MTProtoError(.duplicateMessage, "message \(item.id) is older than all that are remembered"))
                }
                return
            }
        }
        inbox.insert(item.id)
        answers.received(item.id)
        if item.isContentRelated { acknowledgements.append(item.id, at: now) }
        log.trace(
            "received '\(MessageName.of(item.body.constructor))' as \(item.id), \(item.body.count) bytes"
                + (item.isContentRelated ? ", content-related" : "")
        )
        switch item.content {
        case .result(let request, let result):
            receive(result: result, to: request, in: item, with: &opener, at: now)
        case .object(let constructor):
            guard let service = ServiceConstructor(rawValue: constructor) else {
                return events.append(.pushed(item.body))
            }
            receive(service, in: item, at: now)
        case .container, .copy, .compressed, nil: break
        }
    }
}
