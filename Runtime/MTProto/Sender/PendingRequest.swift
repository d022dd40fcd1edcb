/// How a request ended.
enum RequestOutcome {
    /// The boxed result, a slice of the packet it came in.
    case answer(ArraySlice<UInt8>)
    /// The server answered with an error.
    case refused(code: Int32, name: String)
    /// There is no answer, and there will be none.
    case failed(any Error)

    var isFailure: Bool {
        if case .answer = self { false } else { true }
    }
}

/// A request between the call and its end.
struct PendingRequest {
    let request: OutgoingRequest
    /// What it weighs in the limits; `nil` for requests of the sender itself, which are not limited.
    let byteCount: Int?
    /// Whether the limits let it through; until then no session has it.
    var isAdmitted = false
    /// The session that has it.
    var sessionNumber: Int?
    /// The request of an ordered batch that comes after it.
    var successor: RequestID?
    /// The name of the request of an ordered batch that comes before it, when that has failed and a session has this
    /// one. It must not leave in another session, which would know nothing of it.
    var failedPredecessor: String?
    let onAcknowledged: (@Sendable () -> Void)?
    /// Called exactly once, with the last word.
    let complete: (RequestOutcome) -> Void
}
