import MTProto
import MTProtoCrypto
import TLRuntime

/// The smallest server that a sender can talk to: intermediate framing, a key that both sides know, and a script that
/// says what is answered. The real one is `TestServer`.
final class ScriptedServer: Sendable {
    /// A message that came, containers taken apart.
    struct Message: Sendable {
        let connection: Int
        let id: MessageID
        let session: Int64
        /// The key it was encrypted with; zero without one.
        let keyID: Int64
        /// Counts packets of all connections.
        let packet: Int
        let body: [UInt8]
        var constructor: UInt32 { body[...].constructor }
    }

    enum Event: Sendable {
        case connected(Int)
        case message(Message)
        case closed(Int)
    }

    enum Reply: Sendable {
        /// The result of the request with this identifier.
        case result(MessageID, [UInt8])
        case notice([UInt8])
        case transportError(Int32)
        /// A packet as it is.
        case packet([UInt8])
        /// Bytes as they are, outside of any frame.
        case bytes([UInt8])
        case close
    }

    /// A request that the server answers with itself.
    static let echo: UInt32 = 0x0000_ec40

    static func echo(_ number: UInt32, count: Int = 4) -> [UInt8] {
        var body: [UInt8] = []
        body.append(littleEndian: echo)
        body.append(littleEndian: number)
        return body + [UInt8](repeating: 0x2a, count: count - 4)
    }

    static let key: AuthKey = {
        guard let key = AuthKey(bytes: (0..<256).map { UInt8(truncatingIfNeeded: $0 * 7 + 1) }) else {
            preconditionFailure("256 bytes make a key")
        }
        return key
    }()

    let events: AsyncStream<Event>
    private let continuation: AsyncStream<Event>.Continuation
    private let loops = EventLoopGroup(threads: 1)
    private let script: @Sendable (Message) -> [Reply]
    private let state = Locked((connections: [Int: ScriptedConnection](), accepted: 0, packets: 0))
    private let listener = Locked<SocketListener?>(nil)
    private let keys = Locked([ScriptedServer.key.id: ScriptedServer.key])

    /// Starts a server. Pings that the script leaves alone are answered.
    init(script: @escaping @Sendable (Message) -> [Reply] = ScriptedServer.echoing) throws {
        self.script = script
        (events, continuation) = AsyncStream.makeStream(of: Event.self)
        let listener = try SocketListener.bind(loops: loops) { [weak self] channel in self?.accept(channel) }
        self.listener.withLock { $0 = listener }
    }

    @Sendable static func echoing(_ message: Message) -> [Reply] {
        message.constructor == echo ? [.result(message.id, message.body)] : []
    }

    var endpoint: Endpoint { Endpoint(host: "127.0.0.1", port: listener.withLock { $0?.port ?? 0 }) }
    /// Makes another key known.
    func add(_ key: AuthKey) { keys.withLock { $0[key.id] = key } }

    var acceptedCount: Int { state.withLock { $0.accepted } }

    /// Sends something on a connection that stands.
    func send(_ replies: [Reply], on connection: Int) {
        guard let target = state.withLock({ $0.connections[connection] }) else { return }
        target.channel.loop.execute { target.send(replies) }
    }

    /// Makes a connection read on, or not.
    func setReading(_ reading: ScriptedConnection.Reading, on connection: Int) async {
        guard let target = state.withLock({ $0.connections[connection] }) else { return }
        await target.channel.loop.run { target.reading = reading }
    }

    func stop() async {
        let listener = listener.withLock { $0.take() }
        await listener?.close()
        await loops.shutDown()
        continuation.finish()
    }

    private func accept(_ channel: SocketChannel) {
        let connection = state.withLock { state in
            state.accepted += 1
            let connection = ScriptedConnection(number: state.accepted, channel: channel)
            state.connections[state.accepted] = connection
            return connection
        }
        connection.onPacket = { [weak self] connection, packet in self?.received(packet, on: connection) }
        connection.onClosed = { [weak self] connection in self?.closed(connection) }
        continuation.yield(.connected(connection.number))
        connection.start()
    }

    private func closed(_ connection: ScriptedConnection) {
        state.withLock { _ = $0.connections.removeValue(forKey: connection.number) }
        continuation.yield(.closed(connection.number))
    }

    private func received(_ packet: [UInt8], on connection: ScriptedConnection) {
        let number = state.withLock { state in
            state.packets += 1
            return state.packets
        }
        func message(_ id: MessageID, _ session: Int64, _ keyID: Int64, _ body: [UInt8]) -> Message {
            Message(connection: connection.number, id: id, session: session, keyID: keyID, packet: number, body: body)
        }
        var packet = packet
        let keyID = Int64(littleEndianBytes: packet.prefix(8))
        if keyID == 0, let (id, body) = try? UnencryptedMessage.body(of: packet) {
            return handle(message(id, 0, 0, body), connection)
        }
        guard let key = keys.withLock({ $0[keyID] }), let opened = try? Envelope.open(&packet, key: key, from: .client)
        else { return connection.send([.transportError(404)]) }
        (connection.sessionID, connection.key) = (opened.sessionID, key)
        var messages = [(opened.messageID, packet[opened.body])]
        if case .container(let inner) = try? MessageContent.parse(packet[opened.body]) {
            messages = inner.map { ($0.id, $0.body) }
        }
        for (id, body) in messages {
            let body = (try? MessageContent.inflate(body, limit: 1 << 24)) ?? Array(body)
            handle(message(id, opened.sessionID, keyID, body), connection)
        }
    }

    private func handle(_ message: Message, _ connection: ScriptedConnection) {
        continuation.yield(.message(message))
        let replies = script(message)
        if replies.isEmpty, [MTP.Ping.id, MTP.PingDelayDisconnect.id].contains(message.constructor) {
            let pong = MTP.Pong(msgID: message.id.rawValue, pingID: message.body[...].integer(at: 4) ?? 0)
            connection.send([.notice((try? pong.encoded()) ?? [])])
        }
        connection.send(replies)
    }
}

/// One connection of the server; lives on its loop.
///
/// `@unchecked Sendable`: everything but the constants is touched only on the loop's thread, where the channel calls
/// back.
final class ScriptedConnection: @unchecked Sendable {
    enum Reading: Sendable {
        case normal
        case paused
        /// Until there is a whole packet.
        case onePacket
    }

    let number: Int
    let channel: SocketChannel
    var reading = Reading.normal {
        didSet { if reading == .paused { channel.pauseReading() } else { channel.resumeReading() } }
    }
    var onPacket: (ScriptedConnection, [UInt8]) -> Void = { _, _ in }
    var onClosed: (ScriptedConnection) -> Void = { _ in }
    /// What the last message came with, and answers go with.
    var sessionID: Int64 = 0
    var key = ScriptedServer.key
    private var input = ByteQueue()
    private var codec = IntermediateCodec(side: .server, limits: PacketLimits())
    private var hasMarker = false
    private var identifiers = MessageIDGenerator()
    private var sequence: Int32 = 0

    init(number: Int, channel: SocketChannel) {
        self.number = number
        self.channel = channel
    }

    func start() {
        channel.onBytes = { [unowned self] in received($0) }
        channel.onClosed = { [unowned self] _ in onClosed(self) }
        channel.start()
    }

    private func received(_ bytes: UnsafeRawBufferPointer) {
        input.append(bytes)
        if !hasMarker {
            guard input.count >= 4 else { return }
            input.discard(4)
            hasMarker = true
        }
        while case .packet(let packet) = try? codec.nextFrame(from: &input) {
            if reading == .onePacket { reading = .paused }
            onPacket(self, packet)
        }
    }

    func send(_ replies: [ScriptedServer.Reply]) {
        for reply in replies {
            switch reply {
            case .notice(let body): seal(body, .serverNotice)
            case .result(let id, let body):
                var result: [UInt8] = []
                result.append(littleEndian: FramedConstructor.rpcResult)
                seal(result + id.rawValue.littleEndianBytes + body, .serverAnswer)
            case .bytes(let bytes): channel.write(bytes)
            case .packet(let bytes): write { $0.frame(OutgoingPacket(bytes: bytes), into: &$1) }
            case .transportError(let code): write { $0.frameError(code, into: &$1) }
            case .close:
                channel.close()
                onClosed(self)
            }
        }
    }

    private func seal(_ body: [UInt8], _ kind: MessageIDGenerator.Kind) {
        sequence += 2
        let packet = Envelope.seal(
            body,
            messageID: identifiers.next(kind, at: SystemTime().now().wall),
            sequenceNumber: sequence - 1,
            salt: 0,
            sessionID: sessionID,
            key: key,
            from: .server,
            random: SystemRandom()
        )
        write { $0.frame(packet, into: &$1) }
    }

    private func write(_ frame: (inout IntermediateCodec, inout [UInt8]) -> Void) {
        var bytes: [UInt8] = []
        frame(&codec, &bytes)
        channel.write(bytes)
    }
}
