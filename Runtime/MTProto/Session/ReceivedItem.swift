/// One message of a packet, taken out of containers and inflated.
struct ReceivedItem: Sendable {
    let id: MessageID
    let isContentRelated: Bool
    /// Whether it has a place in a container, which is what was checked against the clock.
    let isContained: Bool
    let body: ArraySlice<UInt8>
    /// `nil` when it could not be read: it is acknowledged and otherwise ignored.
    let content: MessageContent?

    /// The message of this side that it is about, if it is about one.
    var subject: MessageID? {
        switch content {
        case .result(let request, _): return request
        case .object(let constructor):
            switch ServiceConstructor(rawValue: constructor) {
            case .badMsgNotification, .badServerSalt, .pong, .futureSalts, .msgsStateInfo, .newSessionCreated:
                return body.integer(at: 4).map(MessageID.init)
            default: return nil
            }
        case .container, .compressed, .copy, nil: return nil
        }
    }
}

/// Takes a packet apart, within limits.
struct PacketOpener {
    /// How much compressed content a packet may have in all, as a multiple of the limit of one message.
    private static let inflationFactor = 4

    private let limit: Int
    private var budget: Int
    private(set) var items: [ReceivedItem] = []
    /// Messages that were left out.
    private(set) var failures: [MTProtoError] = []

    init(limit: Int) {
        self.limit = limit
        budget = limit * Self.inflationFactor
    }

    /// Takes a message apart.
    mutating func open(_ message: ContainedMessage) { open(message, within: nil) }

    /// Inflates a result.
    mutating func inflate(_ body: ArraySlice<UInt8>) throws(MTProtoError) -> [UInt8] {
        let content = try MessageContent.inflate(body, limit: min(limit, budget))
        budget -= content.count
        return content
    }

    /// - Parameter outer: The container or copy that it lies in.
    private mutating func open(_ message: ContainedMessage, within outer: MessageID?) {
        if let outer {
            guard message.id.isFromServer else {
                return failures.append(
                    MTProtoError(.messageIDParity, "a message in a container has the even identifier \(message.id)")
                )
            }
            guard message.id < outer else {
                return failures.append(
                    MTProtoError(.container, "message \(message.id) is newer than its container \(outer)")
                )
            }
        }
        var body = message.body
        var content: MessageContent?
        do throws(MTProtoError) {
            content = try MessageContent.parse(body)
            if content == .compressed {
                body = try inflate(body)[...]
                content = try MessageContent.parse(body)
            }
        } catch {
            failures.append(error)
            content = nil
        }
        add(message, body: body, content: content, within: outer)
    }

    private mutating func add(
        _ message: ContainedMessage,
        body: ArraySlice<UInt8>,
        content: MessageContent?,
        within outer: MessageID?
    ) {
        var isReadable = true
        switch content {
        case .container(let messages) where outer == nil:
            for inner in messages { open(inner, within: message.id) }
        case .copy(let inner) where inner.body.constructor != FramedConstructor.messageCopy:
            open(inner, within: message.id)
        case .container, .copy:
            isReadable = false
            failures.append(
                MTProtoError(.container, "message \(message.id) in a container is itself one, which is not allowed")
            )
        default: break
        }
        items.append(
            ReceivedItem(
                id: message.id,
                isContentRelated: message.isContentRelated,
                isContained: outer != nil,
                body: body,
                content: isReadable ? content : nil
            )
        )
    }
}
