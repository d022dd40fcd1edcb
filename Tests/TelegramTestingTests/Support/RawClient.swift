import MTProto
import MTProtoCrypto
import TLRuntime
import TelegramAPI

@testable import TelegramTesting

/// A client that does what a test says and nothing else: it acknowledges nothing, repairs nothing, and sends what a
/// real one would never send.
actor RawClient {
    /// The server has ended the connection, with a transport error if there is one.
    struct Closed: Error, Equatable {
        var transportError: Int32?
    }

    private enum Event: Sendable {
        case packet([UInt8])
        case closed(Int32?)
    }

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    private let channel: SocketChannel
    private var pipeline: ClientPipeline
    private var events: [Event] = []
    private var waiter: CheckedContinuation<Void, Never>?
    private let time: any TimeSource
    private var transportError: Int32?
    /// Quick acknowledgments that have come.
    private(set) var quickAcks: [UInt32] = []
    /// The one that the last message has asked for.
    private(set) var lastToken: UInt32?

    private(set) var key: AuthKey?
    var salt: Int64 = 0
    let sessionID: Int64
    private var ids = MessageIDGenerator()
    private var contentCount: Int32 = 0

    private init(channel: SocketChannel, pipeline: ClientPipeline, time: any TimeSource, sessionID: Int64) {
        self.channel = channel
        self.pipeline = pipeline
        self.time = time
        self.sessionID = sessionID
        loop = channel.loop
    }

    /// Connects, and makes a key unless one is given.
    static func connect(
        to server: TestServer,
        dataCenter: Int32 = 2,
        transport: TransportKind = .abridged,
        key: AuthKey? = nil,
        salt: Int64 = 0,
        sessionID: Int64 = 99
    ) async throws -> RawClient {
        let center = server.dataCenter(dataCenter) ?? server.dataCenters[0]
        let endpoint = Endpoint(host: center.host, port: center.port)
        let channel = try await Connector.connect(
            to: endpoint,
            loop: EventLoopGroup.shared.next(),
            options: ConnectOptions()
        )
        let pipeline = try ClientPipeline(
            transport: transport,
            destination: endpoint,
            dataCenter: Int16(dataCenter),
            proxy: nil,
            random: SystemRandom(),
            time: server.clock.now()
        )
        let client = RawClient(channel: channel, pipeline: pipeline, time: server.clock, sessionID: sessionID)
        await client.start()
        if let key {
            await client.use(key, salt: salt)
        } else {
            try await client.makeKey(ServerPublicKey(pem: center.publicKeyPEM), dataCenter: dataCenter)
        }
        return client
    }

    private func start() {
        channel.onBytes = { [weak self] bytes in self?.assumeIsolated { $0.received(bytes) } }
        channel.onClosed = { [weak self] _ in self?.assumeIsolated { $0.closed() } }
        channel.start()
        channel.write(pipeline.connected())
    }

    private func received(_ bytes: UnsafeRawBufferPointer) {
        do {
            channel.write(try pipeline.received(bytes))
            while let frame = try pipeline.nextFrame() {
                switch frame {
                case .packet(let packet): add(.packet(packet))
                case .error(let code): transportError = code
                case .quickAck(let token): quickAcks.append(token)
                }
            }
        } catch {
            closed()
        }
    }

    private func closed() {
        if case .error(let code)? = pipeline.ended() { transportError = code }
        add(.closed(transportError))
    }

    private func add(_ event: Event) {
        events.append(event)
        waiter?.resume()
        waiter = nil
    }

    private func use(_ key: AuthKey, salt: Int64) {
        self.key = key
        self.salt = salt
    }

    private func makeKey(_ publicKey: ServerPublicKey, dataCenter: Int32) async throws {
        var exchange = ClientKeyExchange(
            keys: [publicKey],
            dataCenter: dataCenter,
            lifetime: nil,
            random: SystemRandom()
        )
        sendUnencrypted(exchange.start())
        while true {
            let body = try UnencryptedMessage.body(of: try await nextPacket()).body
            switch try exchange.received(body, at: time.now()) {
            case .send(let answer): sendUnencrypted(answer)
            case .finished(let result): return use(result.key, salt: result.firstSalt)
            }
        }
    }

    private func sendUnencrypted(_ body: [UInt8]) {
        sendPacket(UnencryptedMessage.packet(body: body, id: ids.next(.client, at: time.now().wall)))
    }

    // MARK: - Sending

    func sendPacket(_ packet: [UInt8]) { channel.write(pipeline.send([OutgoingPacket(bytes: packet)])) }

    /// Sends a content-related message, right in all that is not said.
    @discardableResult
    func send(
        _ body: [UInt8],
        id: MessageID? = nil,
        sequenceNumber: Int32? = nil,
        isContent: Bool = true,
        wantsQuickAck: Bool = false
    ) -> MessageID {
        let id = id ?? ids.next(.client, at: time.now().wall)
        let number = sequenceNumber ?? contentCount * 2 + (isContent ? 1 : 0)
        if sequenceNumber == nil, isContent { contentCount += 1 }
        guard let key else { return id }
        let packet = Envelope.seal(
            body,
            messageID: id,
            sequenceNumber: number,
            salt: salt,
            sessionID: sessionID,
            key: key,
            from: .client,
            random: SystemRandom(),
            wantsQuickAck: wantsQuickAck
        )
        lastToken = packet.quickAckToken
        channel.write(pipeline.send([packet]))
        return id
    }

    func close() { channel.close() }

    // MARK: - Receiving

    /// The next packet as it came.
    func nextPacket() async throws -> [UInt8] {
        while events.isEmpty { await withCheckedContinuation { waiter = $0 } }
        switch events[0] {
        case .packet(let packet):
            events.removeFirst()
            return packet
        case .closed(let code): throw Closed(transportError: code)
        }
    }

    /// The messages of the next packet.
    func next() async throws -> [ScriptedSession.Sent] {
        var packet = try await nextPacket()
        guard let key else { return [] }
        let opened = try Envelope.open(&packet, key: key, from: .server)
        let body = packet[opened.body]
        guard case .container(let messages) = try MessageContent.parse(body) else {
            return [.init(id: opened.messageID, sequenceNumber: opened.sequenceNumber, body: Array(body))]
        }
        return messages.map { .init(id: $0.id, sequenceNumber: $0.sequenceNumber, body: Array($0.body)) }
    }

    /// Messages until the answer to a request comes.
    func answer(to request: MessageID) async throws -> ScriptedSession.Sent {
        while true {
            if let answer = try await next().first(where: { $0.result?.request == request }) { return answer }
        }
    }
}
