import MTProto
import MTProtoCrypto

/// A session and the server it talks to; an input says what happens.
struct SessionScript {
    private static let salt: Int64 = 0x0102_0304_0506_0708
    private static let start = Duration.seconds(1_700_000_000)
    private static let longestRun = 400
    /// Jumps in time, in milliseconds.
    private static let jumps: [Int64] = [0, 1, 500, 1_000, 5_000, 15_000, 31_000, 60_000, 299_000, 301_000, 3_600_000]

    private let key: AuthKey
    private let random = ReplayedRandom(seed: 40)
    private var session: ClientSession
    private var sent: SentMessages
    private var now = TimeReading(wall: start, monotonic: .seconds(5_000))
    /// How far the server's clock is from the client's.
    private var skew: Duration
    private var lastServerID: Int64 = 0
    /// What the server has sent, encrypted, and whether anything in it was handed on.
    private var serverPackets: [(bytes: [UInt8], wasPushed: Bool)] = []

    // MARK: Requests
    private var alive: Set<RequestID> = []
    private var lastRequest: UInt64 = 0

    /// Options: whether salts are known, whether the key has to be bound, whether layers are announced, how wrong the
    /// clock is.
    init?(options: Int) {
        guard let key = FuzzKeys.authKey, let permanentKey = FuzzKeys.permanentKey else { return nil }
        self.key = key
        skew = [.zero, .seconds(-4_000), .seconds(90), .seconds(100_000)][options >> 3 & 3]
        var clock = ServerClock()
        if options & 128 == 0 { clock.synchronize(serverTime: Self.start, at: now) }
        var configuration = SessionConfiguration()
        configuration.receivedWindow = options & 32 == 0 ? 1_000 : 8
        configuration.maximumInflatedBytes = 1 << 16
        configuration.maximumContainerCount = options & 64 == 0 ? 100 : 3
        let validity = Self.start - .seconds(60)..<Self.start + .seconds(1_800)
        session = ClientSession(
            key: key,
            salts: options & 1 == 0 ? [ServerSalt(value: Self.salt, validity: validity)] : [],
            clock: clock,
            announcement: options & 2 == 0 ? nil : [UInt8](repeating: 0xa5, count: 24),
            binding: options & 4 == 0
                ? nil : TemporaryKeyBinding(permanentKey: permanentKey, temporaryKey: key, expiresAt: 1_700_100_000),
            random: random,
            configuration: configuration
        )
        sent = SentMessages(key: key)
    }

    /// The rule that the session breaks under this script.
    mutating func violation(by reader: inout InputReader) -> String? {
        var steps = 0
        while !reader.isAtEnd, steps < Self.longestRun {
            steps += 1
            if let problem = step(&reader) { return problem }
            if session.requestCount != alive.count { return "a request is there until its end is told" }
            if session.salts.count > 66 { return "salts are bounded" }
        }
        let entries = TableSize.entries(in: session)
        if entries > 16_384 + 16 * Int(lastRequest) { return "tables are bounded: \(entries)" }
        return take(session.failAll(MTProtoError(.notConnected, "over"))) ?? (alive.isEmpty ? nil : "all requests end")
    }

    // MARK: - Steps

    private mutating func step(_ reader: inout InputReader) -> String? {
        let operation = reader.byte()
        switch operation % 20 {
        case 0, 1: return submit(&reader)
        case 2: return fetch()
        case 3, 4, 5: return receiveSealed(&reader)
        case 6:
            guard !serverPackets.isEmpty else { return nil }
            return receiveAgain(reader.byte() % serverPackets.count)
        case 7:
            now = now.advanced(by: .milliseconds(Self.jumps[reader.byte() % Self.jumps.count]))
            return nil
        case 8:
            // The clock on the wall may jump either way.
            now.wall += .seconds(Int64(reader.number(Int16.self)))
            return nil
        case 9:
            session.connectionLost()
            return nil
        case 10: return take(session.connectionRestored(at: now))
        case 11: return reachDeadline()
        case 12:
            let index = reader.byte()
            let token = sent.tokens.isEmpty ? reader.number(UInt32.self) : sent.tokens[index % sent.tokens.count]
            return take(session.receivedQuickAck(token))
        case 13:
            let id = RequestID(UInt64(reader.byte()))
            session.cancel(id)
            alive.remove(id)
            return nil
        case 14:
            session.polled(outstanding: reader.byte() & 1)
            return nil
        case 15: return receiveAltered(&reader)
        case 16: return receive(reader.bytes(reader.byte()))
        case 17:
            session.destroySession(reader.number(Int64.self))
            return nil
        case 18:
            lastRequest += 1
            alive.insert(RequestID(lastRequest))
            session.destroyKey(RequestID(lastRequest))
            return nil
        default: return waitForDeadline()
        }
    }

    private mutating func submit(_ reader: inout InputReader) -> String? {
        let flags = reader.byte()
        let length = reader.byte()
        lastRequest += 1
        let id = RequestID(lastRequest)
        var bytes: [UInt8] = [UInt8(lastRequest & 0xff), 1, 2, 3]
        bytes += flags & 64 == 0 ? [] : [UInt8](repeating: 9, count: 16 * length)
        let predecessor = flags & 1 == 0 ? nil : RequestID(UInt64(length) % lastRequest)
        session.submit(
            OutgoingRequest(
                id: id,
                content: .bytes(bytes),
                name: "fuzz.request",
                predecessor: predecessor,
                isRepeatable: flags & 2 != 0,
                carriesAnnouncement: flags & 4 == 0,
                wantsQuickAck: flags & 8 != 0
            )
        )
        alive.insert(id)
        return nil
    }

    /// Takes all packets that are to leave.
    private mutating func fetch() -> String? {
        for _ in 0..<64 {
            let packets = session.packets(at: now)
            if packets.isEmpty { return nil }
            for packet in packets {
                if let problem = sent.violation(by: packet, sessionID: session.sessionID) { return problem }
            }
        }
        return "there is an end to what a session sends at one time"
    }

    private mutating func reachDeadline() -> String? {
        if let problem = take(session.deadlineReached(at: now)) ?? fetch() { return problem }
        // A deadline that is not over would be reached again at once, for ever.
        if let deadline = session.deadline, deadline <= now.monotonic { return "a deadline that was reached is over" }
        return nil
    }

    private mutating func waitForDeadline() -> String? {
        guard let deadline = session.deadline else { return nil }
        let wait = deadline - now.monotonic
        if wait > .zero { now = now.advanced(by: wait) }
        return reachDeadline()
    }

    // MARK: - The server

    /// A message that the server has sealed, with any content.
    private mutating func receiveSealed(_ reader: inout InputReader) -> String? {
        serverPackets.append((seal(&reader), false))
        return receiveAgain(serverPackets.count - 1)
    }

    private mutating func seal(_ reader: inout InputReader) -> [UInt8] {
        let header = reader.byte()
        var time = now.monotonic - .seconds(5_000) + Self.start + skew
        if header & 0x30 == 0x30 { time += .seconds(Int64(reader.number(Int16.self))) }
        let (seconds, attoseconds) = time.components
        let wanted = seconds << 32 | Int64((UInt64(max(attoseconds, 0)) / 1_000_000_000) << 32 / 1_000_000_000) & ~3
        // Mostly identifiers rise.
        let base = header & 0x20 == 0 ? max(wanted, lastServerID + 4_096) : wanted
        lastServerID = max(lastServerID, base)
        let id = MessageID(base | (header & 8 == 0 ? 1 : header & 16 == 0 ? 3 : 2))
        var script = MessageScript(subjects: sent.identifiers, outer: id, side: .server)
        var body = script.body(from: &reader)
        body += [UInt8](repeating: 0, count: -body.count & 3)
        let sessionID = header & 0xc0 == 0xc0 ? reader.number() : session.sessionID
        let packet = Envelope.seal(
            body,
            messageID: id,
            sequenceNumber: Int32(header & 7),
            salt: Self.salt,
            sessionID: sessionID,
            key: key,
            from: .server,
            random: random
        )
        return packet.bytes
    }

    /// A packet of the server's, for the first time or once more.
    private mutating func receiveAgain(_ index: Int) -> String? {
        var packet = serverPackets[index].bytes
        let events = session.received(&packet, at: now)
        let isPushed = events.contains { if case .pushed = $0 { true } else { false } }
        if isPushed, serverPackets[index].wasPushed { return "what the server says is handed on once" }
        if isPushed { serverPackets[index].wasPushed = true }
        return take(events)
    }

    private mutating func receive(_ bytes: [UInt8]) -> String? {
        var packet = bytes
        return take(session.received(&packet, at: now))
    }

    /// A packet that somebody has changed on its way does nothing.
    private mutating func receiveAltered(_ reader: inout InputReader) -> String? {
        let position = Int(reader.number(UInt16.self))
        let change = UInt8(reader.byte() | 1)
        var packet = seal(&reader)
        packet[position % packet.count] ^= change
        for event in session.received(&packet, at: now) {
            guard case .dropped(let check, _) = event, [.keyID, .messageKey].contains(check) else {
                return "a packet that was changed is dropped: \(event)"
            }
        }
        return nil
    }

    // MARK: - Events

    private mutating func take(_ events: [SessionEvent]) -> String? {
        for event in events {
            switch event {
            case .answered(let id, _), .refused(let id, _, _):
                if alive.remove(id) == nil { return "\(id) ends once: \(event)" }
            case .failed(let id, let error):
                if alive.remove(id) == nil { return "\(id) ends once: \(event)" }
                if let problem = ErrorRules.violation(by: error) { return problem }
            case .acknowledged(let id):
                if !alive.contains(id) { return "\(id) is acknowledged before its end" }
            case .dropped(let check, let message):
                if let problem = ErrorRules.violation(by: MTProtoError(check, message)) { return problem }
            case .reconnect(let error):
                if let problem = ErrorRules.violation(by: error) { return problem }
            case .saltsChanged(let salts):
                if salts.count > 66 { return "salts are bounded" }
            case .pushed, .sessionCreated, .sessionReset, .timeCorrected, .keyDestroyed: break
            }
        }
        return nil
    }
}
