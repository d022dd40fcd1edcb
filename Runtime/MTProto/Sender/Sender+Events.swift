/// What the session says.
extension Sender {
    /// Deals with events of the session with this number.
    func handle(_ events: [SessionEvent], of number: Int) {
        var failure: MTProtoError?
        var isKeyDestroyed = false
        for event in events {
            switch event {
            case .answered(let id, let slice):
                rejectedTemporaryKeys = 0
                complete(id, .answer(slice))
            case .refused(let id, let code, let message): complete(id, .refused(code: code, name: message))
            case .failed(let id, let error): complete(id, .failed(error))
            case .acknowledged(let id): requests[id]?.onAcknowledged?()
            // A copy: the slice would keep its whole packet for as long as a slow consumer takes.
            case .pushed(let slice): pushes.send(.update(Array(slice)[...]), byteCount: slice.count)
            case .reconnect(let error): failure = error
            case .keyDestroyed: isKeyDestroyed = true
            default: report(event, isCurrent: number == sessionNumber)
            }
        }
        // After all the others: an answer that came in the same packet is still an answer.
        if isKeyDestroyed {
            keyDestroyed()
        } else if let failure, number == sessionNumber, phase.isEstablished {
            if let refusal = session?.bindingRefusal {
                bindingRefused(refusal, failure)
            } else {
                connectionEnded(failure)
            }
        }
        if retiring != nil { dropRetiringSessionIfIdle() }
    }

    /// Passes on what the owner has to know, and keeps what the next session needs.
    private func report(_ event: SessionEvent, isCurrent: Bool) {
        switch event {
        case .sessionCreated: notify(.sessionCreated)
        case .sessionReset(let reason): notify(.sessionReset(reason: reason))
        case .dropped(let check, let message): notify(.dropped(check, message))
        case .timeCorrected(let offset):
            let now = time.now()
            clock.synchronize(serverTime: now.wall + offset, at: now)
            notify(.timeCorrected(offset: offset))
        case .saltsChanged(let salts) where isCurrent && temporaryKey == nil:
            self.salts = salts
            notify(.saltsChanged(salts))
        // Salts belong to a key, and nobody keeps a temporary one.
        case .saltsChanged: break
        default: break
        }
    }

    func notify(_ notice: SenderNotice) { notices.send(notice) }

    func keyDestroyed() {
        authKey = nil
        temporaryKey = nil
        salts = []
        notify(.keyDestroyed)
        end(MTProtoError(.authKeyNotFound, "the authorization key was destroyed; connecting again makes another one"))
    }
}
