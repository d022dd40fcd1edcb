import MTProto
import MTProtoCrypto
import TelegramTesting

/// What the server's half of a session promises, whatever its client sends. An input is a script.
public enum ServerSessionRules {
    /// The rule that an input breaks; `nil` when all hold.
    public static func violation(by input: [UInt8]) -> String? {
        var reader = InputReader(input)
        var script = ServerSessionScript(options: reader.byte())
        return script.violation(by: &reader)
    }
}

struct ServerSessionScript {
    private static let longestRun = 400
    private static let jumps: [Int64] = [0, 1, 500, 1_000, 15_000, 31_000, 91_000, 301_000, 601_000, 3_600_000]
    private static let firstSalt: Int64 = 0x0102_0304_0506_0708

    private let configuration: ServerSessionConfiguration
    private var session: ServerSession
    private var salts: ServerSalts
    private var now = TimeReading(wall: .seconds(1_700_000_000), monotonic: .seconds(5_000))
    private var connection = ConnectionID(1)

    private var lastClientID: Int64 = 0
    private var sequence: Int32 = 0
    private var clientIDs: [MessageID] = []
    private var serverIDs: [MessageID] = []
    private var messages: [IncomingMessage] = []
    private var executed: Set<MessageID> = []
    private var running: [MessageID] = []
    /// The sequence number of every message of the server's.
    private var seen: [MessageID: Int32] = [:]
    private var highest: (id: MessageID, sequenceNumber: Int32)?
    private var lastEnvelope: MessageID?
    /// Identifiers tell the time, so they rise only as long as the clock is not turned back.
    private var wasTurnedBack = false

    init(options: Int) {
        var configuration = ServerSessionConfiguration()
        configuration.rememberedMessages = options & 1 == 0 ? 8 : 1_000
        configuration.maximumUnacknowledged = options & 2 == 0 ? 8 : 1_000
        configuration.maximumUnacknowledgedBytes = options & 4 == 0 ? 4_096 : 1 << 20
        configuration.announcesFrom = options & 8 == 0 ? 64 : 16_384
        configuration.inflationLimit = 1 << 16
        if options & 16 != 0 { configuration.strictness = .lenient }
        self.configuration = configuration
        session = ServerSession(id: 7, configuration: configuration, random: ReplayedRandom(seed: 50))
        salts = ServerSalts(first: Self.firstSalt, at: now.wall, random: ReplayedRandom(seed: 51))
    }

    mutating func violation(by reader: inout InputReader) -> String? {
        var steps = 0
        while !reader.isAtEnd, steps < Self.longestRun {
            steps += 1
            if let problem = step(&reader) { return problem }
            if session.unacknowledgedCount > configuration.maximumUnacknowledged {
                return "answers that wait are bounded"
            }
        }
        let entries = TableSize.entries(in: session)
        let limit = 8 * (configuration.rememberedMessages + configuration.maximumUnacknowledged) + 16 * Self.longestRun
        return entries > limit ? "tables are bounded: \(entries)" : nil
    }

    private mutating func step(_ reader: inout InputReader) -> String? {
        switch reader.byte() % 14 {
        case 0, 1, 2, 3: return receive(makeMessage(&reader))
        case 4:
            guard !messages.isEmpty else { return nil }
            return receive(messages[reader.byte() % messages.count])
        case 5, 6: return fetch()
        case 7:
            now = now.advanced(by: .milliseconds(Self.jumps[reader.byte() % Self.jumps.count]))
            return nil
        case 8:
            let jump = reader.number(Int16.self)
            now.wall += .seconds(Int64(jump))
            if jump < 0 { wasTurnedBack = true }
            return nil
        case 9:
            guard !running.isEmpty else { return nil }
            let request = running.remove(at: reader.byte() % running.count)
            session.answer(request, result: reader.words() + [1, 2, 3, 4], succeeded: reader.byte() & 1 == 0, at: now)
            return nil
        case 10:
            session.push(reader.words() + [5, 6, 7, 8], at: now)
            return nil
        case 11:
            session.detach(connection)
            connection = ConnectionID(UInt64(reader.byte() & 3))
            return nil
        case 12:
            session.deadlineReached(at: now)
            if let deadline = session.deadline, deadline <= now.monotonic {
                return "a deadline that was reached is over"
            }
            return nil
        default:
            if let id = clientIDs.last { session.repeatAnswer(id) }
            return nil
        }
    }

    // MARK: - The client

    private mutating func makeMessage(_ reader: inout InputReader) -> IncomingMessage {
        let header = reader.byte()
        var time = now.wall
        if header & 0x0c == 0x0c { time += .seconds(Int64(reader.number(Int16.self))) }
        let wanted = time.components.seconds << 32
        let base = header & 0x08 == 0 ? max(wanted, lastClientID + 4_096) : wanted
        lastClientID = max(lastClientID, base)
        let id = MessageID(base | (header & 0xe0 == 0xe0 ? 2 : 0))
        var script = MessageScript(subjects: clientIDs + serverIDs, outer: id, side: .client)
        let body = script.body(from: &reader)
        sequence &+= 2
        let number = header & 1 == 0 ? sequence | Int32(header >> 1 & 1) : Int32(reader.byte())
        clientIDs.append(id)
        let salt = header & 0x10 == 0 ? salts.current(at: now.wall).value : Self.firstSalt
        let message = IncomingMessage(salt: salt, id: id, sequenceNumber: number, body: body[...])
        messages.append(message)
        return message
    }

    private mutating func receive(_ message: IncomingMessage) -> String? {
        for action in session.received(message, on: connection, salts: &salts, at: now) {
            switch action {
            case .execute(let id, let body):
                if body.count > configuration.inflationLimit { return "inflated content keeps the limit" }
                // Whether one that was forgotten has come before can only be known by its age.
                if !executed.insert(id).inserted { return "message \(id) is executed once" }
                running.append(id)
            case .destroySession(let id, let request):
                session.sessionDestroyed(id, existed: id & 1 == 0, request: request, at: now)
            case .destroyKey(let request): session.keyDestroyed(.destroyAuthKeyNone, request: request, at: now)
            case .disconnect(let delay): if delay < .zero { return "nothing happens in the past" }
            case .poll(let poll): if poll.maximumWait < .zero { return "nothing happens in the past" }
            case .cancel(let id): if !executed.contains(id) { return "what runs is stopped" }
            case .refused, .repeated, .ignored: break
            }
        }
        return nil
    }

    // MARK: - The server

    private mutating func fetch() -> String? {
        for envelope in session.envelopes(for: connection, at: now) {
            if !envelope.id.isFromServer { return "a server's identifier is odd" }
            if let lastEnvelope, envelope.id <= lastEnvelope, !wasTurnedBack { return "identifiers of packets rise" }
            lastEnvelope = envelope.id
            serverIDs.append(envelope.id)
            if let problem = violation(by: envelope) { return problem }
        }
        return session.hasOutput ? "all that waits leaves" : nil
    }

    private mutating func violation(by envelope: OutgoingEnvelope) -> String? {
        guard envelope.body.count.isMultiple(of: 4), envelope.body.count < 1 << 21 else {
            return "a message consists of words"
        }
        let outer = ContainedMessage(id: envelope.id, sequenceNumber: envelope.sequenceNumber, body: envelope.body[...])
        guard outer.body.constructor == FramedConstructor.messageContainer else { return violation(byNew: outer) }
        guard case .container(let messages)? = try? MessageContent.parse(outer.body) else {
            return "a container can be read"
        }
        if outer.isContentRelated { return "a container is not content-related" }
        for message in messages {
            if message.id >= outer.id, !wasTurnedBack { return "a message is older than its container" }
            serverIDs.append(message.id)
            if let problem = violation(byNew: message) { return problem }
        }
        return nil
    }

    /// A message that leaves for the first time has a higher number than all before it.
    private mutating func violation(byNew message: ContainedMessage) -> String? {
        if let number = seen[message.id] {
            return number == message.sequenceNumber ? nil : "a message that leaves again keeps its number"
        }
        seen[message.id] = message.sequenceNumber
        if wasTurnedBack { return nil }
        guard let highest, message.id < highest.id else {
            defer { highest = (message.id, message.sequenceNumber) }
            return followsHighest(message) ? nil : "sequence numbers rise with identifiers"
        }
        return nil
    }

    private func followsHighest(_ message: ContainedMessage) -> Bool {
        guard let highest else { return true }
        return message.sequenceNumber > highest.sequenceNumber
            || message.sequenceNumber == highest.sequenceNumber && !message.isContentRelated
    }
}
