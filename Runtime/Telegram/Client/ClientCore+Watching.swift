import MTProto
import MTProtoCrypto
import TelegramAPI

/// Listening to the home connection, and what is to be done every minute.
extension ClientCore {
    /// How often the session is saved.
    static let saveInterval: Duration = .seconds(60)
    /// After how long without a request the server is asked for something.
    static let longestSilence: Duration = .seconds(30 * 60)

    /// Begins to listen to a connection that is about to be made. The tasks hold its streams and not the connection.
    func watch(_ connection: HomeConnection) {
        let (sender, epoch) = (connection.sender, connection.epoch)
        let (states, notices, pushes) = (sender.states, sender.notices, sender.pushes)
        let tasks = [
            Task { [weak self] in
                // The first one is that it is not connected yet.
                for await state in states.dropFirst() { await self?.stateChanged(state, epoch: epoch) }
            },
            Task { [weak self] in
                var isFirst = (connection: true, session: true)
                for await notice in notices {
                    switch notice {
                    case .keyDestroyed: await self?.keyDestroyed(epoch: epoch)
                    case .connected:
                        if !isFirst.connection { await self?.resumeUpdates(epoch: epoch) }
                        isFirst.connection = false
                    case .sessionCreated:
                        if !isFirst.session { await self?.resumeUpdates(epoch: epoch) }
                        isFirst.session = false
                    default: break
                    }
                }
            },
            Task { [weak self] in
                for await push in pushes { await self?.pushed(push) }
            },
        ]
        connecting?.tasks = tasks
    }

    private func stateChanged(_ state: ConnectionState, epoch: Int) async {
        guard epoch == home?.epoch || epoch == connecting?.epoch else { return }
        guard case .disconnected(let error) = state else { return connectionStates.send(state) }
        // While connecting, whoever connects gets the error.
        guard let error, home?.epoch == epoch, connected.current else { return }
        status.withLock { status in
            status.home = nil
            status.endError = error
        }
        sleeper.interruptAll(with: error)
        connected.send(false)
        connectionStates.send(.disconnected(error))
        // Last: whoever reads them can ask why at once.
        rawUpdates.finish()
        await save()
    }

    private func keyDestroyed(epoch: Int) async {
        guard let home, home.epoch == epoch else { return }
        foreign.forget(home.dataCenter)
        await changeQuietly(.authKey(dataCenter: home.dataCenter, nil))
        await signedOut()
    }

    /// There is a connection or a session again: updates may have been missed, and the server sends more of them only
    /// after a request in the new session.
    private func resumeUpdates(epoch: Int) async {
        guard home?.epoch == epoch, configuration.receiveUpdates, content.account != nil else { return }
        rawUpdates.send(.updatesTooLong)
        _ = try? await call(TL.updates.GetState())
    }

    // MARK: - Updates

    private func pushed(_ push: Push) async {
        switch push {
        case .overflow: rawUpdates.send(.updatesTooLong)
        case .update(let slice):
            let decoded = slice.withUnsafeBytes { bytes in
                Result { () throws(TLDecodingError) in try TL.Updates(decoding: bytes) }
            }
            switch decoded {
            case .success(let updates):
                await noteDataCenters(in: updates)
                await peers.learn(from: updates)
                rawUpdates.send(updates)
            case .failure(let error):
                status.withLock { $0.unreadableUpdateCount += 1 }
                log.debug("skipped updates that cannot be read: \(error)")
                // What they said is missing, and the difference may say it in another way.
                rawUpdates.send(.updatesTooLong)
            }
        }
    }

    private func noteDataCenters(in updates: TL.Updates) async {
        let changes: [TL.Update]
        switch updates {
        case .updates(let batch): changes = batch.updates
        case .updateShort(let short): changes = [short.update]
        default: return
        }
        for change in changes {
            switch change {
            case .updateDcOptions(let update): await replaceOptions(update.dcOptions)
            case .updateConfig:
                guard let sender = home?.sender else { break }
                try? await fetchConfiguration(over: sender)
            default: break
            }
        }
    }

    /// Takes over what the server says about addresses; the home connection may need them when it is made again.
    func replaceOptions(_ options: [TL.DcOption]) async {
        dataCenters.replaceOptions(options)
        guard let connection = connecting ?? home else { return }
        let key = ConnectionKey(dataCenter: connection.dataCenter, role: .ordinary)
        // Those that it has stay: one of them is in use.
        let endpoints = connection.endpoints + dataCenters.endpoints(for: key, preferences)
        await connection.sender.replaceEndpoints(endpoints.removingDuplicates())
    }

    // MARK: - Every minute

    /// Shows that somebody is still there: the server stops sending updates to a session that asks for nothing for
    /// long, and pings do not count.
    private func keepUpdatesComing(at now: Duration) {
        guard configuration.receiveUpdates, let account = content.account, let sender = home?.sender else { return }
        let isSilent = status.withLock { status in
            guard status.home != nil, now - status.lastRequest >= Self.longestSilence else { return false }
            status.lastRequest = now
            return true
        }
        guard isSilent else { return }
        updatesRequest?.cancel()
        // Without a hold on the client, which may be given up while there is no connection; and the session is to be
        // saved meanwhile.
        updatesRequest = Task { [weak self] in
            do {
                _ = try await sender.call(TL.updates.GetState(), options: RequestOptions(isRepeatable: true))
            } catch {
                await self?.refused(error, account: account)
            }
        }
    }

    func startHousekeeping() {
        // That of a connection which was given up.
        housekeeping?.cancel()
        let sleeper = housekeepingSleeper
        var nextSave = now.monotonic + Self.saveInterval
        var deadline = nextSave
        housekeeping = Task { [weak self] in
            while !Task.isCancelled {
                do { try await sleeper.sleep(until: deadline) } catch { return }
                guard let self else { return }
                let now = self.now.monotonic
                await closeIdleConnections()
                await keepUpdatesComing(at: now)
                if now >= nextSave {
                    await save()
                    nextSave = now + Self.saveInterval
                }
                // What is given back from now on is due after the next save at the earliest.
                deadline = min(nextSave, ledger.withLock { $0.nextDeadline } ?? nextSave)
            }
        }
    }
}
