import MTProto
import MTProtoCrypto
import TLRuntime
import Testing

/// A session, a server and the clocks between them, all moved by hand.
struct SessionBench {
    static let start: Duration = .seconds(1_700_000_000)

    var now = TimeReading(wall: start, monotonic: .seconds(1_000))
    /// The server's clock minus the monotonic one.
    var serverOffset: Duration
    var session: ClientSession
    var server: SessionServer
    /// All messages of the client, in order.
    var sent: [SentMessage] = []
    var packets: [SentPacket] = []

    /// - Parameter serverAhead: How much the server's clock is ahead of this side's wall clock.
    init(
        serverAhead: Duration = .zero,
        isSynchronized: Bool = true,
        salts: [ServerSalt]? = nil,
        announcement: [UInt8]? = nil,
        binding: TemporaryKeyBinding? = nil,
        seed: UInt64 = 1,
        log: Log = .silent,
        _ configure: (inout SessionConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = SessionConfiguration()
        configure(&configuration)
        let key = try #require(AuthKey(bytes: SessionServer.keyBytes))
        serverOffset = now.wall + serverAhead - now.monotonic
        var clock = ServerClock()
        if isSynchronized { clock.synchronize(serverTime: now.monotonic + serverOffset, at: now) }
        session = ClientSession(
            key: key,
            salts: salts ?? [Self.longSalt],
            clock: clock,
            announcement: announcement,
            binding: binding,
            random: SeededSessionRandom(seed: seed),
            configuration: configuration,
            log: log
        )
        server = SessionServer(key: key)
        server.sessionID = session.sessionID
    }

    static let longSalt = ServerSalt(value: 0x5a17, validity: start - .seconds(1_000)..<start + .seconds(1_000_000))

    var serverTime: Duration { now.monotonic + serverOffset }

    // MARK: - This side

    mutating func submit(
        _ id: UInt64,
        _ body: [UInt8]? = nil,
        after predecessor: UInt64? = nil,
        isRepeatable: Bool = false,
        carriesAnnouncement: Bool = true,
        wantsQuickAck: Bool = false
    ) {
        session.submit(
            OutgoingRequest(
                id: RequestID(id),
                content: .bytes(body ?? Self.query(id)),
                name: "test.query\(id)",
                predecessor: predecessor.map(RequestID.init),
                isRepeatable: isRepeatable,
                carriesAnnouncement: carriesAnnouncement,
                wantsQuickAck: wantsQuickAck
            )
        )
    }

    /// The body of the request with this number.
    static func query(_ id: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: 0x7e57_0000 as UInt32)
        bytes.append(littleEndian: id)
        return bytes
    }

    /// Lets everything leave that is to leave now.
    @discardableResult
    mutating func flush() throws -> [SentMessage] {
        var messages: [SentMessage] = []
        while true {
            let packets = session.packets(at: now)
            guard !packets.isEmpty else { break }
            for packet in packets {
                let opened = try server.open(packet)
                self.packets.append(opened)
                messages += opened.messages
            }
        }
        sent += messages
        return messages
    }

    /// Lets everything leave; the requests among it.
    @discardableResult
    mutating func flushRequests() throws -> [SentMessage] { try flush().filter { Self.isQuery($0.body) } }

    static func isQuery(_ body: [UInt8]) -> Bool {
        body.count >= 12 && body.suffix(12).prefix(4).elementsEqual([0x00, 0x00, 0x57, 0x7e])
    }

    /// The number of the request in a message.
    static func number(_ message: SentMessage) -> UInt64 { message.body.suffix(8)[...].integer(at: 0) ?? 0 }

    mutating func advance(_ duration: Duration) { now = now.advanced(by: duration) }

    mutating func fireDeadline() -> [SessionEvent] { session.deadlineReached(at: now) }

    // MARK: - The server

    /// Delivers a message of the server.
    @discardableResult
    mutating func deliver(
        _ body: [UInt8],
        id: MessageID? = nil,
        isContentRelated: Bool = true,
        sessionID: Int64? = nil
    ) -> [SessionEvent] {
        let id = id ?? server.nextID(at: serverTime)
        let number = server.nextSequenceNumber(isContentRelated: isContentRelated)
        return deliver(packet: server.seal(body, id: id, sequenceNumber: number, sessionID: sessionID))
    }

    @discardableResult
    mutating func deliver(packet: [UInt8]) -> [SessionEvent] {
        var packet = packet
        return session.received(&packet, at: now)
    }

    @discardableResult
    mutating func answer(_ message: SentMessage, _ number: UInt32 = 1) -> [SessionEvent] {
        deliver(ServerBody.result(of: message.id, ServerBody.object(number)))
    }

    /// Answers the session's own questions, so that only the requests of a test are left.
    mutating func settle() throws {
        for message in try flush() { answerService(message) }
        try flush()
        advance(.seconds(2))
        _ = fireDeadline()
        try flush()
        sent = []
        packets = []
    }

    @discardableResult
    mutating func answerService(_ message: SentMessage) -> [SessionEvent] {
        switch message.constructor {
        case MTP.PingDelayDisconnect.id:
            let pingID: Int64 = message.body[...].integer(at: 4) ?? 0
            return deliver(
                MTP.Pong(msgID: message.id.rawValue, pingID: pingID).wireBytes,
                isContentRelated: false
            )
        case MTP.GetFutureSalts.id:
            return deliver(futureSalts(for: message), isContentRelated: false)
        default: return []
        }
    }

    func futureSalts(for message: SentMessage) -> [UInt8] {
        let start = Int32(Self.start.components.seconds)
        let salt = MTP.FutureSalt(validSince: start - 1_000, validUntil: start + 1_000_000, salt: 0x5a17)
        return MTP.FutureSalts(
            reqMsgID: message.id.rawValue,
            now: Int32(serverTime.components.seconds),
            salts: [salt]
        ).wireBytes
    }

    /// A bench whose first exchange is over.
    static func settled(
        serverAhead: Duration = .zero,
        salts: [ServerSalt]? = nil,
        announcement: [UInt8]? = nil,
        seed: UInt64 = 1,
        _ configure: (inout SessionConfiguration) -> Void = { _ in }
    ) throws -> SessionBench {
        var bench = try SessionBench(
            serverAhead: serverAhead,
            salts: salts,
            announcement: announcement,
            seed: seed,
            configure
        )
        try bench.settle()
        return bench
    }
}

/// What an event is about, in a form that tables can list.
extension SessionEvent {
    var gist: String {
        switch self {
        case .answered(let id, _): "answered \(id.rawValue)"
        case .refused(let id, let code, let message): "refused \(id.rawValue) \(code) \(message)"
        case .failed(let id, let error): "failed \(id.rawValue) \(error.code)"
        case .acknowledged(let id): "acknowledged \(id.rawValue)"
        case .pushed: "pushed"
        case .sessionCreated: "sessionCreated"
        case .sessionReset: "sessionReset"
        case .timeCorrected: "timeCorrected"
        case .saltsChanged: "saltsChanged"
        case .dropped(let check, _): "dropped \(check.rawValue)"
        case .reconnect(let error): "reconnect \(error.code)"
        case .keyDestroyed: "keyDestroyed"
        }
    }
}

extension [SessionEvent] {
    var gists: [String] { map(\.gist) }
}
