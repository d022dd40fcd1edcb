import MTProto
import MTProtoCrypto
import TLRuntime

/// A message as it came from the client.
struct SentMessage: Equatable {
    var id: MessageID
    var sequenceNumber: Int32
    /// The container, or itself.
    var carrierID: MessageID
    /// With all wrappers.
    var body: [UInt8]

    var constructor: UInt32 { body[...].constructor }
    var isContained: Bool { carrierID != id }
}

/// A packet as it came from the client.
struct SentPacket {
    var salt: Int64
    var sessionID: Int64
    var id: MessageID
    var sequenceNumber: Int32
    var quickAckToken: UInt32?
    var messages: [SentMessage]
}

/// The other end of a session, without any behaviour of its own: a test says what it answers.
struct SessionServer {
    static let keyBytes = (0..<256).map { UInt8($0) }

    var key: AuthKey
    var salt: Int64 = 0x5a17
    var sessionID: Int64 = 0
    private var identifiers = MessageIDGenerator()
    private var lastTime: Duration = .zero
    private var contentCount: Int32 = 0
    private let random = SeededSessionRandom(seed: 99)

    init(key: AuthKey) { self.key = key }

    /// Opens a packet of the client, and checks what must hold for all of them.
    mutating func open(_ packet: OutgoingPacket) throws -> SentPacket {
        var bytes = packet.bytes
        let opened = try Envelope.open(&bytes, key: key, from: .client)
        sessionID = opened.sessionID
        let body = bytes[opened.body]
        var messages: [SentMessage] = []
        if case .container(let inner) = try MessageContent.parse(body) {
            messages = inner.map {
                SentMessage(
                    id: $0.id,
                    sequenceNumber: $0.sequenceNumber,
                    carrierID: opened.messageID,
                    body: Array($0.body)
                )
            }
        } else {
            messages = [
                SentMessage(
                    id: opened.messageID,
                    sequenceNumber: opened.sequenceNumber,
                    carrierID: opened.messageID,
                    body: Array(body)
                )
            ]
        }
        return SentPacket(
            salt: opened.salt,
            sessionID: opened.sessionID,
            id: opened.messageID,
            sequenceNumber: opened.sequenceNumber,
            quickAckToken: packet.quickAckToken,
            messages: messages
        )
    }

    mutating func nextID(_ kind: MessageIDGenerator.Kind = .serverAnswer, at serverTime: Duration) -> MessageID {
        // When a test turns the server's clock back, it is another server as far as identifiers are concerned.
        if serverTime < lastTime { identifiers.reset() }
        lastTime = serverTime
        return identifiers.next(kind, at: serverTime)
    }

    mutating func nextSequenceNumber(isContentRelated: Bool) -> Int32 {
        defer { if isContentRelated { contentCount += 1 } }
        return contentCount * 2 + (isContentRelated ? 1 : 0)
    }

    /// Encrypts a message for the client.
    func seal(_ body: [UInt8], id: MessageID, sequenceNumber: Int32 = 0, sessionID: Int64? = nil) -> [UInt8] {
        Envelope.seal(
            body,
            messageID: id,
            sequenceNumber: sequenceNumber,
            salt: salt,
            sessionID: sessionID ?? self.sessionID,
            key: key,
            from: .server,
            random: random
        ).bytes
    }
}

/// Bodies of messages of a server.
enum ServerBody {
    static func result(of id: MessageID, _ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: FramedConstructor.rpcResult)
        bytes.append(littleEndian: id.rawValue)
        return bytes + content
    }

    static func error(of id: MessageID, _ code: Int32, _ message: String) -> [UInt8] {
        result(of: id, MTP.RpcError(errorCode: code, errorMessage: message).wireBytes)
    }

    static func container(_ messages: [(id: MessageID, sequenceNumber: Int32, body: [UInt8])]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: FramedConstructor.messageContainer)
        bytes.append(littleEndian: Int32(messages.count))
        for message in messages {
            bytes.append(littleEndian: message.id.rawValue)
            bytes.append(littleEndian: message.sequenceNumber)
            bytes.append(littleEndian: Int32(message.body.count))
            bytes += message.body
        }
        return bytes
    }

    static func copy(_ id: MessageID, _ sequenceNumber: Int32, _ body: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: FramedConstructor.messageCopy)
        bytes.append(littleEndian: id.rawValue)
        bytes.append(littleEndian: sequenceNumber)
        bytes.append(littleEndian: Int32(body.count))
        return bytes + body
    }

    static func gzip(_ content: [UInt8]) -> [UInt8] {
        var writer = TLWriter(capacity: 64)
        writer.word(FramedConstructor.gzipPacked)
        writer.bytes(Gzip.deflate(content))
        return (try? writer.finish()) ?? []
    }

    static func complaint(_ id: MessageID, _ code: Int32) -> [UInt8] {
        MTP.BadMsgNotification.badMsgNotification(badMsgID: id.rawValue, badMsgSeqno: 0, errorCode: code).wireBytes
    }

    static func badSalt(_ id: MessageID, _ salt: Int64) -> [UInt8] {
        MTP.BadMsgNotification.badServerSalt(badMsgID: id.rawValue, badMsgSeqno: 0, errorCode: 48, newServerSalt: salt)
            .wireBytes
    }

    static func newSession(first: MessageID, unique: Int64 = 7, salt: Int64 = 0x5a17) -> [UInt8] {
        MTP.NewSession(firstMsgID: first.rawValue, uniqueID: unique, serverSalt: salt).wireBytes
    }

    static func acknowledgement(_ ids: [MessageID]) -> [UInt8] { MTP.MsgsAck(msgIDs: ids.map(\.rawValue)).wireBytes }

    /// Something of the API: eight bytes that start with a constructor no service message has.
    static func object(_ number: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: 0x1234_5678 as UInt32)
        bytes.append(littleEndian: number)
        return bytes
    }
}
