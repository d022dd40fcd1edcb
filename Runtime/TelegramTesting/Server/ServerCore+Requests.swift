import MTProto
import TLRuntime
import TelegramAPI

extension ServerCore {
    /// Executes a request, or lets it wait for another one.
    func execute(
        _ id: MessageID,
        _ body: ArraySlice<UInt8>,
        of session: HostedSession,
        on connection: ServerConnection
    ) {
        let request: UnwrappedRequest
        do throws(RPCError) {
            request = try UnwrappedRequest(
                decoding: Array(body),
                maximumDepth: configuration.maximumWrapperDepth,
                inflationLimit: configuration.session.inflationLimit
            )
            try note(request, of: session)
        } catch {
            return finish(id, of: session, with: .failure(error))
        }
        let predecessors = request.context.predecessors.map { MessageID($0) }
        let outcomes = predecessors.map { session.machine.outcome(of: $0) }
        if outcomes.contains(false) {
            return finish(id, of: session, with: .failure(RPCError(code: 400, name: "MSG_WAIT_FAILED")))
        }
        let pending = zip(predecessors, outcomes).filter { $0.1 == nil }.map(\.0)
        if pending.isEmpty { return run(request, id, of: session) }
        let deadline = clock.now().monotonic + configuration.predecessorTimeout
        session.predecessors.add(request, id: id, after: pending, until: deadline)
    }

    /// Takes over what the wrappers say about the client.
    private func note(_ request: UnwrappedRequest, of session: HostedSession) throws(RPCError) {
        let context = request.context
        let isBinding = request.function is TL.auth.BindTempAuthKey
        guard let entry = keys[session.address.keyID] else { throw RPCError(code: 401, name: "AUTH_KEY_INVALID") }
        guard entry.ownerID != nil || isBinding else { throw RPCError(code: 401, name: "AUTH_KEY_PERM_EMPTY") }
        if context.layer != nil || context.clientInfo != nil, let owner = entry.ownerID {
            owners[owner]?.layer = context.layer ?? owners[owner]?.layer
            owners[owner]?.clientInfo = context.clientInfo ?? owners[owner]?.clientInfo
            for other in sessions.values where other.handle.authKeyID == owner {
                other.handle.announce(layer: context.layer, clientInfo: context.clientInfo)
            }
        }
        if configuration.requiresAnnouncement, !isBinding, session.handle.clientInfo == nil {
            throw RPCError(code: 400, name: "CONNECTION_NOT_INITED")
        }
        if !context.wantsNoUpdates, !session.handle.receivesUpdates {
            session.handle.setReceivesUpdates()
            state.sessionChanged(session.handle)
        }
    }

    private func run(_ request: UnwrappedRequest, _ id: MessageID, of session: HostedSession) {
        let fault = state.takeRPCFault(for: type(of: request.function))
        if fault != nil { state.count { $0.faults["rpc", default: 0] += 1 } }
        switch fault {
        case .fail(let error): return finish(id, of: session, with: .failure(error))
        case .ignore: return
        default: break
        }
        state.count { statistics in
            statistics.countExecution(
                .init(sessionID: session.address.sessionID, messageID: id.rawValue),
                of: request.name
            )
        }
        if let binding = request.function as? TL.auth.BindTempAuthKey {
            let result = Result { () throws(RPCError) in try bind(binding, id, of: session) }
            return executed(id, request, of: session, result.mapError { $0 as any Error }, fault)
        }
        call(request, id, of: session, fault)
    }

    private func call(
        _ request: UnwrappedRequest,
        _ id: MessageID,
        of session: HostedSession,
        _ fault: RPCFault?
    ) {
        let handler = state.withLock { $0.handlers[type(of: request.function).id] ?? $0.fallback }
        let about = TestRequest(request, messageID: id.rawValue)
        let handle = session.handle
        switch handler {
        case .immediate(let body):
            let result = Result { () throws in
                try TestRequest.$current.withValue(about) { try body(request.function, handle) }
            }
            executed(id, request, of: session, result, fault)
        case .asynchronous(let body):
            runningTasks += 1
            session.tasks[id] = Task {
                let result: Result<[UInt8]?, any Error>
                do {
                    let answer = try await TestRequest.$current.withValue(about) {
                        try await body(request.function, handle)
                    }
                    result = .success(answer)
                } catch {
                    result = .failure(error)
                }
                session.tasks[id] = nil
                executed(id, request, of: session, result, fault)
                taskEnded()
            }
        case nil: executed(id, request, of: session, .success(nil), fault)
        }
    }

    private func taskEnded() {
        runningTasks -= 1
        if runningTasks == 0 { resumeIdleWaiters() }
    }

    // MARK: - Answers

    /// A handler is through; `nil` means that there was none.
    private func executed(
        _ id: MessageID,
        _ request: UnwrappedRequest,
        of session: HostedSession,
        _ result: Result<[UInt8]?, any Error>,
        _ fault: RPCFault?
    ) {
        guard !session.isDestroyed, !isStopped else { return }
        var answer: Result<[UInt8], RPCError>
        switch result {
        case .success(let bytes?): answer = .success(compressed(bytes, of: request))
        case .success(nil):
            state.count { $0.unimplementedCalls[request.name, default: 0] += 1 }
            answer = .failure(RPCError(code: 400, name: "METHOD_NOT_IMPLEMENTED"))
        case .failure(let error): answer = .failure(.answering(error))
        }
        switch fault {
        case .neverAnswer: return
        case .failAfterExecution(let error): answer = .failure(error)
        case .answerBytes(let bytes): answer = .success(bytes)
        case .answerLate(let duration):
            let address = session.address
            return delay(by: duration) { [answer] core in
                if let session = core.sessions[address] { core.finish(id, of: session, with: answer) }
            }
        default: break
        }
        finish(id, of: session, with: answer)
        switch fault {
        case .answerTwice: repeatAnswer(id, of: session)
        case .closeBeforeAnswer:
            for id in session.machine.connections { connections[id].map(close) }
        default: break
        }
    }

    private func compressed(_ bytes: [UInt8], of request: UnwrappedRequest) -> [UInt8] {
        guard let least = configuration.compressesFrom, bytes.count >= least, bytes.count < 8 << 20,
            !request.name.hasPrefix("upload.")
        else { return bytes }
        return MessageContent.compressed(bytes) ?? bytes
    }

    /// Hands an answer to the session, and wakes those who waited for it.
    func finish(_ id: MessageID, of session: HostedSession, with answer: Result<[UInt8], RPCError>) {
        guard !session.isDestroyed else { return }
        let succeeded: Bool
        let bytes: [UInt8]
        switch answer {
        case .success(let result): (succeeded, bytes) = (true, result)
        case .failure(let error): (succeeded, bytes) = (false, error.wireBytes)
        }
        session.machine.answer(id, result: bytes, succeeded: succeeded, at: clock.now())
        touch(session)
        ended(id, succeeded: succeeded, in: session)
    }

    func ended(_ id: MessageID, succeeded: Bool, in session: HostedSession) {
        guard !session.predecessors.isEmpty else { return }
        for waiting in session.predecessors.ended(id, succeeded: succeeded) {
            if waiting.mayRun {
                run(waiting.request, waiting.id, of: session)
            } else {
                finish(waiting.id, of: session, with: .failure(RPCError(code: 400, name: "MSG_WAIT_FAILED")))
            }
        }
    }

    /// The first answer leaves in a packet of its own, so that the second one is not the same message twice in it.
    private func repeatAnswer(_ id: MessageID, of session: HostedSession) {
        let address = session.address
        delay(by: .zero) { core in
            guard let session = core.sessions[address] else { return }
            session.machine.repeatAnswer(id)
            core.touch(session)
        }
    }

    // MARK: - Temporary keys

    private func bind(
        _ request: TL.auth.BindTempAuthKey,
        _ id: MessageID,
        of session: HostedSession
    ) throws(RPCError) -> [UInt8]? {
        guard let temporary = keys[session.address.keyID], temporary.isTemporary else {
            throw RPCError(code: 400, name: "TEMP_AUTH_KEY_EMPTY")
        }
        guard let permanent = keys[request.permAuthKeyID], !permanent.isTemporary,
            permanent.dataCenter == temporary.dataCenter
        else { throw RPCError(code: 400, name: "ENCRYPTED_MESSAGE_INVALID") }
        if let bound = temporary.permanentKeyID, bound != permanent.key.id {
            throw RPCError(code: 400, name: "TEMP_AUTH_KEY_ALREADY_BOUND")
        }
        guard .seconds(Int64(request.expiresAt)) > clock.now().wall else {
            throw RPCError(code: 400, name: "EXPIRES_AT_INVALID")
        }
        do {
            try TemporaryKeyBindingCheck.verify(
                encryptedMessage: request.encryptedMessage,
                permanentKey: permanent.key,
                temporaryKeyID: temporary.key.id,
                messageID: id,
                sessionID: session.address.sessionID,
                nonce: request.nonce,
                expiresAt: request.expiresAt
            )
        } catch {
            log.debug("\(error)")
            throw RPCError(code: 400, name: "ENCRYPTED_MESSAGE_INVALID")
        }
        keys.bind(temporary.key.id, to: permanent.key.id)
        let owner = owners[permanent.key.id, default: KeyOwner()]
        owners[permanent.key.id] = owner
        for other in sessions.values where other.address.keyID == temporary.key.id {
            other.handle.setOwner(permanent.key.id, storage: owner.storage)
            state.sessionChanged(other.handle)
        }
        return true.wireBytes
    }
}
