import MTProtoCrypto
import TLRuntime

/// Answers to requests.
extension ClientSession {
    mutating func receive(
        result: ArraySlice<UInt8>,
        to messageID: MessageID,
        in item: ReceivedItem,
        with opener: inout PacketOpener,
        at now: TimeReading
    ) {
        var result = result
        if let request = requests.request(of: messageID) {
            heardAnswer(made: item.id, to: request.sentAt, at: now)
            do throws(MTProtoError) {
                if result.constructor == FramedConstructor.gzipPacked { result = try opener.inflate(result)[...] }
            } catch {
                return fail(
                    request.id,
                    MTProtoError(error.code, "the answer to '\(request.name)': \(error.message)", check: error.check)
                )
            }
            return settle(request, with: result)
        }
        if let service = services.take(messageID) {
            heardAnswer(made: item.id, to: service.sentAt, at: now)
            if result.constructor == FramedConstructor.gzipPacked, let content = try? opener.inflate(result) {
                result = content[...]
            }
            return settle(service, with: result, at: now)
        }
        log.debug("ignored a result for message \(messageID), which nobody waits for")
    }

    /// The server has answered something that was sent at `sentAt`.
    mutating func heardAnswer(made id: MessageID, to sentAt: Duration, at now: TimeReading) {
        noteTime(of: id, answering: sentAt, at: now)
        hasBeenAnswered = true
        serviceComplaints = 0
    }

    // MARK: - Requests

    private mutating func settle(_ request: SessionRequest, with result: ArraySlice<UInt8>) {
        guard result.constructor == ServiceConstructor.rpcError.rawValue else {
            if request.isAnnounced { isAnnounced = true }
            return finish(request, with: result)
        }
        guard let error = decode(MTP.RpcError.self, result) else {
            return fail(
                request.id,
                MTProtoError(.undecodableAnswer, "the error that '\(request.name)' was answered with is cut short")
            )
        }
        switch error.errorMessage {
        case "CONNECTION_NOT_INITED", "CONNECTION_LAYER_INVALID":
            isAnnounced = false
            if announcement != nil, request.carriesAnnouncement, !request.hasBeenAnnouncedAgain {
                requests.update(request.id) { $0.hasBeenAnnouncedAgain = true }
                log.debug("announcing once more: '\(request.name)' was answered with \(error.errorMessage)")
                return sendAgain(request.id)
            }
        case "MSG_WAIT_FAILED":
            return fail(
                request.id,
                MTProtoError(
                    .predecessorFailed,
                    "'\(request.name)' was not executed, because the request before it has failed"
                )
            )
        case "MSG_WAIT_TIMEOUT" where request.waitTimeouts < Self.maximumWaitTimeouts:
            requests.update(request.id) { $0.waitTimeouts += 1 }
            return sendAgain(request.id)
        default:
            if request.isAnnounced { isAnnounced = true }
        }
        guard let (_, dependants) = requests.remove(request.id) else { return }
        events.append(.refused(request.id, code: error.errorCode, message: error.errorMessage))
        failUnsent(dependants, after: request)
    }

    /// How often a request is sent again because the one before it takes its time.
    private static let maximumWaitTimeouts = 10

    /// Ends a request with its answer.
    mutating func finish(_ request: SessionRequest, with answer: ArraySlice<UInt8>) {
        _ = requests.remove(request.id)
        events.append(.answered(request.id, answer))
        if request.function == MTP.DestroyAuthKey.id, answer.constructor == ServiceConstructor.destroyAuthKeyOk.rawValue
        {
            events.append(.keyDestroyed)
        }
    }

    // MARK: - The session's own

    private mutating func settle(
        _ service: ServiceMessages.Sent,
        with result: ArraySlice<UInt8>,
        at now: TimeReading
    ) {
        switch service.kind {
        case .keyBinding:
            settleBinding(with: result)
        case .ping(let pingID):
            keepAlive.answered(pingID)
        case .futureSalts:
            if let salts = decode(MTP.FutureSalts.self, result) { take(salts, at: now) }
        case .stateQuestion, .answerRequest, .dropAnswer, .destroySession:
            break
        }
    }

    private mutating func settleBinding(with result: ArraySlice<UInt8>) {
        if result.constructor == TLConstructorID.boolTrue {
            bindingState = .done
            return log.debug("the temporary key is bound")
        }
        let error = decode(MTP.RpcError.self, result)
        let reason = error.map { "\($0.errorMessage) (\($0.errorCode))" } ?? "an answer of false"
        bindingState = .failed
        if let error, error.errorCode != 400 {
            bindingRefusal = .passing
            let text = "the server could not bind the temporary key: \(reason); connect again later"
            return events.append(.reconnect(MTProtoError(.cannotConnect, text)))
        }
        bindingRefusal =
            error?.errorMessage == "ENCRYPTED_MESSAGE_INVALID" ? .permanentKeyUnknown : .temporaryKeyUnusable
        events.append(
            .reconnect(
                MTProtoError(.temporaryKey, "the server refused to bind the temporary key: \(reason); make another")
            )
        )
    }

    /// Reads a value that fills the bytes exactly; `nil`, and a line in the log, when it does not.
    func decode<T: TLCodable>(_ type: T.Type, _ bytes: ArraySlice<UInt8>) -> T? {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(TLDecodingError) in try T(decoding: buffer) }
        }
        switch result {
        case .success(let value): return value
        case .failure(let error):
            log.debug("ignored a '\(type)' that cannot be read: \(error)")
            return nil
        }
    }
}
