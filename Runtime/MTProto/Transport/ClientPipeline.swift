package import MTProtoCrypto

/// Everything between the bytes of a TCP connection and packets, the client's side: the proxy's handshake, fake TLS,
/// obfuscation and framing, in this order from the outside to the inside.
///
/// Its owner opens a connection to ``firstHop(destination:proxy:)``, writes what ``connected()`` and ``received(_:)``
/// return, takes frames out until ``nextFrame()`` has none, and may send as soon as it ``isReady``. When anything has
/// thrown, it throws the same from then on, and the connection has to be closed.
///
/// Over HTTP the server can only answer. The owner keeps a request under way when ``needsPolling``: whenever there are
/// no ``outstandingRequests``, it sends a packet with `http_wait`. A server answers the request that waits when another
/// one comes on the same connection, so nothing has to be awaited before sending; see ``HTTPClientCodec``.
package struct ClientPipeline: Sendable {
    /// What has to happen before packets flow.
    private enum Stage: Sendable {
        case proxy(any StreamHandshake)
        case fakeTLS(any StreamHandshake)
        case ready
    }

    /// No handshake has so many bytes in one of its steps.
    private static let maximumHandshakeStep = 64 * 1024
    /// How many HTTP requests may wait for a response.
    private static let maximumOutstandingRequests = 16

    /// What is spoken: the transport that was asked for, or what a proxy's secret makes of it.
    package let transport: TransportKind
    private var stage: Stage
    /// What follows the proxy's handshake.
    private var laterStage: Stage
    private var layers = StreamLayers(side: .client)
    /// The obfuscation, until the handshakes are over and it begins.
    private var laterObfuscation: Obfuscation?
    private var codec: any PacketCodec
    /// The marker or the obfuscation header, until it leaves together with the first packet.
    private var opening: [UInt8]
    private var failure: MTProtoError?

    /// Decides how to speak.
    ///
    /// - Throws: `invalidProxy` when the proxy is described wrongly or cannot carry this transport.
    package init(
        transport: TransportKind,
        destination: Endpoint,
        dataCenter: Int16,
        proxy: ProxyConfiguration?,
        random: any RandomSource,
        time: TimeReading,
        limits: PacketLimits = PacketLimits()
    ) throws(MTProtoError) {
        let secret: MTProxySecret? = if case .mtProxy(let secret) = proxy?.kind { secret } else { nil }
        self.transport = try Self.transport(transport, through: secret)
        let framing = self.transport.framing
        codec =
            framing.codec(for: .client, limits: limits, random: random)
            ?? HTTPClientCodec(host: destination, limits: limits)
        if self.transport.isObfuscated {
            let (obfuscation, header) = Obfuscation.client(
                framing: framing,
                dataCenter: dataCenter,
                secret: secret?.key,
                random: random
            )
            laterObfuscation = obfuscation
            opening = header
        } else {
            opening = framing.marker
        }
        laterStage = .ready
        if let secret, case .fakeTLS = secret.mode {
            laterStage = .fakeTLS(FakeTLSClient(secret: secret, random: random, time: time))
        }
        if let proxy, let handshake = try ProxyHandshake.make(for: proxy, destination: destination) {
            stage = .proxy(handshake)
        } else {
            stage = laterStage
        }
    }

    /// Where TCP has to connect to: the proxy, if there is one.
    package static func firstHop(destination: Endpoint, proxy: ProxyConfiguration?) -> Endpoint {
        proxy?.endpoint ?? destination
    }

    /// What an MTProxy with this secret wants to be spoken.
    private static func transport(
        _ transport: TransportKind,
        through secret: MTProxySecret?
    ) throws(MTProtoError) -> TransportKind {
        guard let secret else { return transport }
        switch (transport.framing, secret.mode) {
        case (.full, _), (.http, _):
            throw MTProtoError(
                .invalidProxy,
                "an MTProxy cannot carry the transport '\(transport)'; use 'obfuscated paddedIntermediate'"
            )
        case (.abridged, .plain): return .obfuscatedAbridged
        case (.intermediate, .plain): return .obfuscatedIntermediate
        case (.paddedIntermediate, .plain), (_, .padded), (_, .fakeTLS): return .obfuscatedPaddedIntermediate
        }
    }

    // MARK: - State

    /// Whether all handshakes are over, so that packets may be sent.
    package var isReady: Bool {
        if case .ready = stage, failure == nil { true } else { false }
    }

    /// Whether the server can only answer, so that a request has to be kept under way for it.
    package var needsPolling: Bool { transport.framing == .http }

    /// How many requests wait for an answer of the transport; always zero but over HTTP.
    package var outstandingRequests: Int { (codec as? HTTPClientCodec)?.outstandingRequests ?? 0 }

    /// Whether sending is sensible now: it is ready, and over HTTP not too many requests wait.
    package var canSend: Bool { isReady && outstandingRequests < Self.maximumOutstandingRequests }

    // MARK: - Bytes

    /// Starts; returns what to write as soon as the TCP connection stands.
    package mutating func connected() -> [UInt8] { start() }

    /// Takes bytes of the connection; returns what to write in answer to a handshake.
    package mutating func received(_ bytes: UnsafeRawBufferPointer) throws(MTProtoError) -> [UInt8] {
        try guarded { pipeline throws(MTProtoError) in
            try pipeline.layers.receive(bytes)
            return if case .ready = pipeline.stage { [] } else { try pipeline.advance() }
        }
    }

    /// Takes the next whole frame out of what was received; `nil` when more has to come.
    package mutating func nextFrame() throws(MTProtoError) -> TransportFrame? {
        try guarded { pipeline throws(MTProtoError) in
            guard case .ready = pipeline.stage else { return nil }
            return try pipeline.codec.nextFrame(from: &pipeline.layers.input)
        }
    }

    /// How many bytes of a frame have come that is not complete, once ``nextFrame()`` has no other.
    package var partialFrameByteCount: Int { isReady ? layers.input.count : 0 }

    /// Called when the peer has closed. A server that refuses may have sent a bare code, which is no frame.
    package mutating func ended() -> TransportFrame? {
        guard isReady, !needsPolling, layers.input.count == 4 else { return nil }
        return TransportFrame(errorBytes: layers.input.consumeAll())
    }

    /// Frames packets, in order. Must not be called before it ``isReady``. After a failure there is nobody to send to,
    /// and the result is empty.
    package mutating func send(_ packets: [OutgoingPacket]) -> [UInt8] {
        guard failure == nil, !packets.isEmpty else { return [] }
        precondition(isReady, "packets were sent before the transport was ready")
        var frames: [UInt8] = []
        frames.reserveCapacity(packets.reduce(0) { $0 + $1.bytes.count + 32 })
        for packet in packets { codec.frame(packet, into: &frames) }
        defer { opening = [] }
        return layers.wrap(frames, opening: opening)
    }

    // MARK: - Private

    private mutating func guarded<Result>(
        _ body: (inout ClientPipeline) throws(MTProtoError) -> Result
    ) throws(MTProtoError) -> Result {
        if let failure { throw failure }
        do throws(MTProtoError) {
            return try body(&self)
        } catch {
            failure = error
            throw error
        }
    }

    private mutating func start() -> [UInt8] {
        switch stage {
        case .proxy(var handshake):
            let bytes = handshake.start()
            stage = .proxy(handshake)
            return bytes
        case .fakeTLS(var handshake):
            let bytes = handshake.start()
            stage = .fakeTLS(handshake)
            return bytes
        case .ready:
            // From here on there is only one owner of its state, which is then changed in place.
            if let obfuscation = laterObfuscation.take() { layers.beginObfuscation(obfuscation) }
            return []
        }
    }

    /// Lets the handshakes go as far as the bytes allow.
    private mutating func advance() throws(MTProtoError) -> [UInt8] {
        var output: [UInt8] = []
        while true {
            switch stage {
            case .proxy(var handshake):
                let isFinished = try step(&handshake, &output)
                stage = isFinished ? laterStage : .proxy(handshake)
                guard isFinished else { return output }
            case .fakeTLS(var handshake):
                let isFinished = try step(&handshake, &output)
                stage = isFinished ? .ready : .fakeTLS(handshake)
                guard isFinished else { return output }
                try layers.beginRecords()
            case .ready:
                return output
            }
            output += start()
        }
    }

    /// Runs a handshake until it needs more bytes (`false`) or is finished (`true`).
    private mutating func step(
        _ handshake: inout any StreamHandshake,
        _ output: inout [UInt8]
    ) throws(MTProtoError) -> Bool {
        while true {
            switch try handshake.received(&layers.input) {
            case .send(let bytes):
                output += bytes
            case .finished(let bytes):
                output += bytes
                return true
            case .needsMore:
                guard layers.input.count <= Self.maximumHandshakeStep else {
                    throw MTProtoError(
                        .proxyFailed,
                        "the proxy sent \(layers.input.count) bytes in one step of its handshake, "
                            + "and the limit is \(Self.maximumHandshakeStep)"
                    )
                }
                return false
            }
        }
    }
}
