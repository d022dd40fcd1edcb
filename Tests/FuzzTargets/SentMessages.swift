import MTProto
import MTProtoCrypto

/// All that a client has sent, and what holds for it: a strict server has nothing to complain about.
struct SentMessages {
    private struct Seen {
        let sequenceNumber: Int32
        let digest: [UInt8]
    }

    private struct Numbering {
        /// By identifier.
        var order: [ContainedMessage] = []
        var seen: [MessageID: Seen] = [:]
        /// The last one that is no container: those get theirs when they are full, after what does not fit any more.
        var last: MessageID?

        /// Whether a message fits between those with identifiers around its own; if so, it is one of them from now on.
        mutating func isInOrder(_ message: ContainedMessage) -> Bool {
            let index = order.lastIndex { $0.id < message.id }.map { $0 + 1 } ?? 0
            func follows(_ later: ContainedMessage, _ earlier: ContainedMessage) -> Bool {
                later.sequenceNumber > earlier.sequenceNumber
                    || later.sequenceNumber == earlier.sequenceNumber && !later.isContentRelated
            }
            if index > 0, !follows(message, order[index - 1]) { return false }
            if index < order.count, !follows(order[index], message) { return false }
            order.insert(ContainedMessage(id: message.id, sequenceNumber: message.sequenceNumber, body: []), at: index)
            return true
        }
    }

    private let key: AuthKey
    private var sessions: [Int64: Numbering] = [:]
    /// Identifiers of messages and containers, in the order they left.
    private(set) var identifiers: [MessageID] = []
    private(set) var tokens: [UInt32] = []
    /// The packets, encrypted.
    private(set) var packetCount = 0

    init(key: AuthKey) { self.key = key }

    /// Takes a packet of a client.
    mutating func violation(by packet: OutgoingPacket, sessionID: Int64) -> String? {
        var bytes = packet.bytes
        packetCount += 1
        do throws(MTProtoError) {
            let opened = try Envelope.open(&bytes, key: key, from: .client)
            if opened.sessionID != sessionID { return "a packet belongs to the session" }
            if let token = packet.quickAckToken {
                if token != opened.quickAckToken { return "a packet names its token" }
                tokens.append(token)
            }
            let body = bytes[opened.body]
            let content = try MessageContent.parse(body)
            var numbering = sessions[sessionID] ?? Numbering()
            defer { sessions[sessionID] = numbering }
            if case .container(let messages) = content {
                for message in messages {
                    if message.id >= opened.messageID { return "a message is older than its container" }
                    if message.body.constructor == FramedConstructor.messageContainer { return "containers are flat" }
                    if let problem = violation(by: message, &numbering) { return problem }
                }
                if messages.isEmpty || messages.count > 100 { return "a container has messages" }
            }
            let outer = ContainedMessage(id: opened.messageID, sequenceNumber: opened.sequenceNumber, body: body)
            return violation(by: outer, &numbering)
        } catch {
            return "a client's packets can be read: \(error)"
        }
    }

    private mutating func violation(by message: ContainedMessage, _ numbering: inout Numbering) -> String? {
        let digest = Digest.sha256(Array(message.body))
        if let seen = numbering.seen[message.id] {
            return seen.sequenceNumber == message.sequenceNumber && seen.digest == digest
                ? nil : "a message that leaves again is the same"
        }
        if !message.id.isFromClient { return "a client's identifier is a multiple of four" }
        if !numbering.isInOrder(message) { return "sequence numbers rise with identifiers" }
        switch message.body.constructor {
        case FramedConstructor.messageContainer, 0x62d6_b459, 0x9299_359f:
            if message.isContentRelated { return "containers and acknowledgments are not content-related" }
        case FramedConstructor.messageCopy, FramedConstructor.rpcResult: return "a client sends no copies and results"
        default: break
        }
        if message.body.constructor != FramedConstructor.messageContainer {
            if let last = numbering.last, message.id <= last { return "identifiers of new messages rise" }
            numbering.last = message.id
        }
        numbering.seen[message.id] = Seen(sequenceNumber: message.sequenceNumber, digest: digest)
        identifiers.append(message.id)
        return nil
    }
}
