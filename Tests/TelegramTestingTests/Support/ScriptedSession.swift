import MTProto
import MTProtoCrypto
import TLRuntime

@testable import TelegramTesting

/// A session of the server with a client that a test speaks for, message by message, without encryption or sockets.
struct ScriptedSession {
    static let salt: Int64 = 0x5a17

    var machine: ServerSession
    var salts: ServerSalts
    var now: TimeReading
    private var ids = MessageIDGenerator()
    private var contentCount: Int32 = 0

    /// A message of the server, out of its container if it came in one.
    struct Sent {
        let id: MessageID
        let sequenceNumber: Int32
        let body: [UInt8]

        var constructor: UInt32 { body[...].constructor }

        /// The object, if it is of this type.
        func object<Object: TLCodable>(_ type: Object.Type) -> Object? { try? Object(decoding: body) }

        /// The request that it is the answer to, and the answer.
        var result: (request: MessageID, bytes: [UInt8])? {
            guard case .result(let request, let bytes)? = try? MessageContent.parse(body[...]) else { return nil }
            return (request, Array(bytes))
        }

        /// The number of `bad_msg_notification`.
        var complaint: Int32? {
            switch object(MTP.BadMsgNotification.self) {
            case .badMsgNotification(let notice): notice.errorCode
            case .badServerSalt(let notice): notice.errorCode
            case nil: nil
            }
        }
    }

    init(_ change: (inout ServerSessionConfiguration) -> Void = { _ in }) {
        var configuration = ServerSessionConfiguration()
        change(&configuration)
        now = TimeReading(wall: .seconds(1_700_000_000), monotonic: .seconds(5_000))
        machine = ServerSession(id: 77, configuration: configuration, random: SystemRandom())
        salts = ServerSalts(first: Self.salt, at: now.wall, random: SystemRandom())
    }

    // MARK: - The client

    mutating func nextID() -> MessageID { ids.next(.client, at: now.wall) }

    mutating func nextNumber(isContent: Bool) -> Int32 {
        defer { if isContent { contentCount += 1 } }
        return contentCount * 2 + (isContent ? 1 : 0)
    }

    /// Sends a message, right in all that is not said.
    @discardableResult
    mutating func send(
        _ body: [UInt8],
        id: MessageID? = nil,
        sequenceNumber: Int32? = nil,
        salt: Int64 = salt,
        isContent: Bool = true,
        on connection: UInt64 = 1
    ) -> (id: MessageID, actions: [ServerSessionAction]) {
        let id = id ?? nextID()
        let number = sequenceNumber ?? nextNumber(isContent: isContent)
        let message = IncomingMessage(salt: salt, id: id, sequenceNumber: number, body: body[...])
        return (id, machine.received(message, on: ConnectionID(connection), salts: &salts, at: now))
    }

    /// Sends several messages in a container.
    mutating func sendContainer(
        _ messages: [(id: MessageID, sequenceNumber: Int32, body: [UInt8])],
        id: MessageID? = nil,
        on connection: UInt64 = 1
    ) -> [ServerSessionAction] {
        var body: [UInt8] = []
        body.append(littleEndian: FramedConstructor.messageContainer)
        body.append(littleEndian: Int32(messages.count))
        for message in messages {
            body.append(littleEndian: message.id.rawValue)
            body.append(littleEndian: message.sequenceNumber)
            body.append(littleEndian: Int32(message.body.count))
            body += message.body
        }
        return send(body, id: id, isContent: false, on: connection).actions
    }

    mutating func acknowledge(_ ids: [MessageID], on connection: UInt64 = 1) {
        send(MTP.MsgsAck(msgIDs: ids.map(\.rawValue)).wireBytes, isContent: false, on: connection)
    }

    // MARK: - The server

    mutating func answer(_ request: MessageID, _ result: [UInt8] = [1, 2, 3, 4], succeeded: Bool = true) {
        machine.answer(request, result: result, succeeded: succeeded, at: now)
    }

    /// What leaves by a connection, as packets.
    mutating func packets(on connection: UInt64 = 1) -> [OutgoingEnvelope] {
        machine.envelopes(for: ConnectionID(connection), at: now)
    }

    /// What leaves by a connection, as messages.
    mutating func output(on connection: UInt64 = 1) -> [Sent] {
        packets(on: connection).flatMap { packet in
            guard case .container(let messages)? = try? MessageContent.parse(packet.body[...]) else {
                return [Sent(id: packet.id, sequenceNumber: packet.sequenceNumber, body: packet.body)]
            }
            return messages.map { Sent(id: $0.id, sequenceNumber: $0.sequenceNumber, body: Array($0.body)) }
        }
    }

    mutating func pass(_ duration: Duration) { now = now.advanced(by: duration) }
}

/// Some request that the session hands out.
let someRequest: [UInt8] = [0x6b, 0x18, 0xf9, 0xc4]

extension [ServerSessionAction] {
    /// The requests that are to be executed.
    var executed: [MessageID] {
        compactMap { if case .execute(let id, _) = $0 { id } else { nil } }
    }

    /// The complaints about messages.
    var refused: [ComplaintCode] {
        compactMap { if case .refused(_, let code) = $0 { code } else { nil } }
    }
}
