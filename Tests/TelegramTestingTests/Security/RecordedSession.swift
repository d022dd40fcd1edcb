import MTProto
import MTProtoCrypto

@testable import TelegramTesting

/// A conversation between both machines, without sockets, of which every packet is kept: what somebody on the way has.
///
/// The client that is kept has sent all its requests and received nothing, so every packet of the server is news to it.
struct RecordedSession {
    static let now = TimeReading(wall: .seconds(1_700_000_000), monotonic: .seconds(5_000))

    let key: AuthKey
    /// Waits for the answers.
    private(set) var client: ClientSession
    /// Has received nothing either, and knows the salts.
    private(set) var server: ServerSession
    private(set) var salts: ServerSalts
    private(set) var fromClient: [[UInt8]] = []
    private(set) var fromServer: [[UInt8]] = []
    /// What each request is to be answered with.
    private(set) var answers: [RequestID: [UInt8]] = [:]
    /// What the server says on its own account.
    private(set) var pushes: Set<[UInt8]> = []

    init(key: AuthKey, requestCount: Int, random: any RandomSource) {
        self.key = key
        let salt = ServerSalt(value: random.integer(), validity: .zero..<(.seconds(Int64(Int32.max))))
        client = ClientSession(
            key: key,
            salts: [salt],
            clock: ServerClock(),
            announcement: nil,
            binding: nil,
            random: random
        )
        server = ServerSession(id: client.sessionID, configuration: ServerSessionConfiguration(), random: random)
        salts = ServerSalts(first: salt.value, at: Self.now.wall, random: random)
        converse(requestCount, random)
    }

    private mutating func converse(_ requestCount: Int, _ random: any RandomSource) {
        var (live, liveSalts) = (server, salts)
        for number in 1...requestCount {
            let body = Self.object(0x51aa_0000, number, random)
            let content = OutgoingRequest.Content.bytes(body)
            client.submit(OutgoingRequest(id: RequestID(UInt64(number)), content: content, name: "test.request"))
            // Often more than one in a container.
            guard number == requestCount || random.number(below: 3) > 0 else { continue }
            for packet in client.packets(at: Self.now) {
                fromClient.append(packet.bytes)
                for message in Self.messages(in: packet.bytes, key: key, &live, &liveSalts) {
                    answer(message, &live, random)
                }
            }
            if random.number(below: 4) == 0 {
                let push = Self.object(0x52bb_0000, number, random)
                pushes.insert(push)
                live.push(push, at: Self.now)
            }
            let salt = liveSalts.current(at: Self.now.wall).value
            fromServer += live.envelopes(for: Self.connection, at: Self.now).map { envelope in
                ServerEnvelope(envelope, sessionID: live.id, salt: salt).packet(key: key, random: random)
            }
        }
    }

    private mutating func answer(
        _ message: (id: MessageID, body: [UInt8]),
        _ live: inout ServerSession,
        _ random: any RandomSource
    ) {
        let number: UInt32 = message.body[...].integer(at: 4) ?? 0
        let result = Self.object(0x53cc_0000, Int(number), random)
        answers[RequestID(UInt64(number))] = result
        live.answer(message.id, result: result, succeeded: true, at: Self.now)
    }

    static let connection = ConnectionID(1)

    /// Hands a packet to the server.
    /// - Returns: what it is to execute.
    static func messages(
        in packet: [UInt8],
        key: AuthKey,
        _ server: inout ServerSession,
        _ salts: inout ServerSalts
    ) -> [(id: MessageID, body: [UInt8])] {
        var packet = packet
        guard let opened = try? Envelope.open(&packet, key: key, from: .client), opened.sessionID == server.id else {
            return []
        }
        let message = IncomingMessage(
            salt: opened.salt,
            id: opened.messageID,
            sequenceNumber: opened.sequenceNumber,
            body: packet[opened.body]
        )
        return server.received(message, on: connection, salts: &salts, at: now).compactMap { action in
            if case .execute(let id, let body) = action { (id, Array(body)) } else { nil }
        }
    }

    /// A constructor that nobody knows, a number, and something to tell it from others.
    private static func object(_ constructor: UInt32, _ number: Int, _ random: any RandomSource) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: constructor)
        bytes.append(littleEndian: UInt32(number))
        return bytes + random.bytes(8 + 4 * random.number(below: 40))
    }
}
