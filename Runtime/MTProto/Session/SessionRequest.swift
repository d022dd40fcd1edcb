import TLRuntime

/// A request in the session, from its submission to its end.
struct SessionRequest: Sendable {
    enum Progress: Sendable {
        /// It is to be sent, anew or once more.
        case queued
        /// It is on its way, or being executed.
        case sent
        /// It was sent so long ago that the server is asked first what became of it.
        case checking
    }

    let id: RequestID
    /// Counts submissions: requests leave in this order.
    let number: UInt64
    let name: String
    let predecessor: RequestID?
    let isRepeatable: Bool
    let carriesAnnouncement: Bool
    let wantsQuickAck: Bool
    let binding: TemporaryKeyBinding?
    /// The constructor of the request, before it was compressed.
    let function: UInt32
    /// What is sent, compressed when that pays, without wrappers.
    var payload: [UInt8]

    var progress = Progress.queued
    /// `nil` until it is sent, and again when it is to be sent as a new message.
    var messageID: MessageID?
    var sequenceNumber: Int32 = 0
    /// The container it left in last, or its own identifier.
    var carrierID: MessageID?
    /// When this message left first, on the monotonic scale.
    var sentAt: Duration = .zero
    /// How many packets this message has left in. The first may have come even when the server refuses a later one.
    var departures = 0
    /// What it was wrapped in when it left.
    var isAnnounced = false
    var after: MessageID?

    /// Whether the server has said that it has received this message.
    var isAcknowledged = false
    /// Whether to send it without a container.
    var goesAlone = false
    var complaints = 0
    var stateQuestions = 0
    var hasBeenAnnouncedAgain = false
    var waitTimeouts = 0
    /// The name of the request before it, when that has failed after this one had left. The wrapper of this message
    /// keeps the server from executing it; another message would have none.
    var failedPredecessor: String?

    init(_ request: OutgoingRequest, number: UInt64, compressionThreshold: Int) {
        id = request.id
        self.number = number
        name = request.name
        predecessor = request.predecessor
        isRepeatable = request.isRepeatable
        wantsQuickAck = request.wantsQuickAck
        switch request.content {
        case .bytes(let bytes):
            binding = nil
            function = bytes[...].constructor
            carriesAnnouncement = request.carriesAnnouncement && !Self.isService(function)
            payload = Self.compressed(bytes, threshold: compressionThreshold) ?? bytes
        case .keyBinding(let binding):
            self.binding = binding
            function = 0
            carriesAnnouncement = false
            payload = []
        }
    }

    /// Whether it was sent, so that the server may have executed it.
    var hasLeft: Bool { messageID != nil }

    /// The next time it is sent, it is a new message.
    mutating func forgetMessage() {
        progress = .queued
        messageID = nil
        carrierID = nil
        departures = 0
        isAcknowledged = false
        after = nil
        isAnnounced = false
        stateQuestions = 0
    }

    var isService: Bool { Self.isService(function) }

    /// Functions of the protocol itself, which the layer does not matter to.
    private static func isService(_ function: UInt32) -> Bool {
        [MTP.Ping.id, MTP.PingDelayDisconnect.id, MTP.GetFutureSalts.id, MTP.DestroySession.id, MTP.DestroyAuthKey.id]
            .contains(function)
    }

    /// How many bytes from the middle of a large request are tried first.
    private static let sampleByteCount = 1_024

    private static func compressed(_ bytes: [UInt8], threshold: Int) -> [UInt8]? {
        guard bytes.count > threshold else { return nil }
        if bytes.count > 16 * sampleByteCount {
            // Parts of files are large and cannot be compressed; a sample shows it at little cost.
            let middle = bytes.count / 2
            let sample = Array(bytes[middle..<middle + sampleByteCount])
            guard let packed = MessageContent.compressed(sample), packed.count < sampleByteCount * 9 / 10 else {
                return nil
            }
        }
        return MessageContent.compressed(bytes)
    }
}
