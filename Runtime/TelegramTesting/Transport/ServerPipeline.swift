package import MTProto
package import MTProtoCrypto

/// Everything between the bytes of a TCP connection and packets, the server's side. It learns from the first bytes how
/// the client speaks, and answers likewise.
///
/// With proxy secrets it behaves as an MTProxy with the servers behind it: it accepts obfuscated connections that know
/// one of the secrets, and fake TLS for those secrets that ask for it, and nothing else.
///
/// Over HTTP a packet is the answer to the request that waits, or is kept for the next one: see ``HTTPServerCodec``.
package struct ServerPipeline: Sendable {
    private enum Stage: Sendable {
        /// Too few bytes have come to know how the client speaks.
        case detecting
        case fakeTLS(FakeTLSServer)
        /// Only an obfuscation header can follow, made with one of these secrets, or with none.
        case header([MTProxySecret?])
        case ready
    }

    private struct Received: Sendable {
        var frame: TransportFrame
        var wantsQuickAck: Bool
    }

    /// No hello has so many bytes.
    private static let maximumHandshakeStep = 64 * 1024

    private let secrets: [MTProxySecret]
    private let random: any RandomSource
    private let time: TimeReading
    private let limits: PacketLimits
    private let seen: SeenGreetings?
    private var stage = Stage.detecting
    private var layers = StreamLayers(side: .server)
    /// There from the moment on when it is known how the client speaks.
    private var codec: (any PacketCodec)?
    private var frames: ArraySlice<Received> = []
    private var failure: MTProtoError?

    /// How the client speaks; `nil` until it is known.
    package private(set) var detected: TransportKind?
    /// The data centre that the client asks a proxy for, as it stands in the header: with 10000 added for the test
    /// servers, negative for media only. `nil` without a proxy, when clients need not fill it in.
    package private(set) var dataCenter: Int16?
    /// Whether the packet that ``nextFrame()`` returned last asked for a quick acknowledgment.
    package private(set) var lastPacketWantsQuickAck = false

    /// Creates one end of a connection. The time is only needed for fake TLS, whose hello contains it; such hellos are
    /// refused the second time when connections share a memory of them.
    package init(
        mtProxySecrets: [MTProxySecret] = [],
        random: any RandomSource,
        time: TimeReading = SystemTime().now(),
        limits: PacketLimits = PacketLimits(),
        seen: SeenGreetings? = nil
    ) {
        secrets = mtProxySecrets
        self.random = random
        self.time = time
        self.limits = limits
        self.seen = seen
    }

    /// Whether a packet would leave at once: over HTTP only when the client has asked and waits.
    package var maySend: Bool {
        guard let codec else { return false }
        return (codec as? HTTPServerCodec)?.hasWaitingRequest ?? true
    }

    // MARK: - Receiving

    /// Takes bytes of the connection; returns what to write in answer to a handshake or to an HTTP request that another
    /// one has made pointless.
    ///
    /// What was complete before the bytes went wrong can still be taken with ``nextFrame()``, which then throws, too.
    package mutating func received(_ bytes: UnsafeRawBufferPointer) throws(MTProtoError) -> [UInt8] {
        if let failure { throw failure }
        do throws(MTProtoError) {
            try layers.receive(bytes)
            return try advance()
        } catch {
            failure = error
            throw error
        }
    }

    /// The next packet, `nil` when more has to come. Clients send nothing but packets.
    package mutating func nextFrame() throws(MTProtoError) -> TransportFrame? {
        guard let received = frames.popFirst() else {
            // A slice keeps what was taken from it.
            frames = []
            if let failure { throw failure }
            return nil
        }
        lastPacketWantsQuickAck = received.wantsQuickAck
        return received.frame
    }

    private mutating func decode() throws(MTProtoError) -> [UInt8] {
        var output: [UInt8] = []
        while let frame = try codec?.nextFrame(from: &layers.input) {
            frames.append(Received(frame: frame, wantsQuickAck: codec?.lastPacketWantsQuickAck ?? false))
            output += overHTTP { $0.requestArrived() }
        }
        return output
    }

    // MARK: - Sending

    /// Frames a packet. It must not be empty, must be a multiple of four bytes long, and can only follow a packet of
    /// the client's.
    package mutating func send(_ packet: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(packet.count + 64)
        codec?.frame(OutgoingPacket(bytes: packet), into: &output)
        return wrap(output)
    }

    /// Says that the packet with this token has come; nothing where the framing has no such note.
    package mutating func quickAck(_ token: UInt32) -> [UInt8] {
        var output: [UInt8] = []
        codec?.frameQuickAck(token, into: &output)
        return wrap(output)
    }

    /// Reports a transport error, given as a positive number. The connection should be closed after it.
    package mutating func error(_ code: Int32) -> [UInt8] {
        var output: [UInt8] = []
        codec?.frameError(code, into: &output)
        return wrap(output)
    }

    /// Over HTTP: answers the waiting request with nothing, as when the time of a long poll is over. Nothing otherwise.
    package mutating func releasePoll() -> [UInt8] {
        overHTTP { $0.releaseRequest() }
    }

    /// Nothing can be said before it is known how.
    private mutating func wrap(_ frames: [UInt8]) -> [UInt8] {
        frames.isEmpty ? [] : layers.wrap(frames)
    }

    private mutating func overHTTP(_ body: (inout HTTPServerCodec) -> [UInt8]) -> [UInt8] {
        guard detected == .http, var http = codec as? HTTPServerCodec else { return [] }
        defer { codec = http }
        return body(&http)
    }

    // MARK: - Beginning

    private mutating func advance() throws(MTProtoError) -> [UInt8] {
        var output: [UInt8] = []
        while true {
            switch stage {
            case .detecting:
                guard try begin(detection) else { return output }
            case .fakeTLS(var handshake):
                let isFinished = try step(&handshake, &output)
                stage = isFinished ? .header(handshake.acceptedSecret.map { [$0] } ?? []) : .fakeTLS(handshake)
                guard isFinished else { return output }
                try layers.beginRecords()
            case .header(let candidates):
                guard let header = layers.input.consume(Obfuscation.headerCount) else { return output }
                try beginObfuscation(header: header, candidates: candidates)
            case .ready:
                return output + (try decode())
            }
        }
    }

    private var detection: FramingDetection {
        secrets.isEmpty
            ? FramingDetection(layers.input)
            : FramingDetection(proxied: layers.input, acceptsTLS: secrets.contains(where: \.usesFakeTLS))
    }

    /// Acts on what the first bytes say; `false` when they do not say it yet.
    private mutating func begin(_ detection: FramingDetection) throws(MTProtoError) -> Bool {
        switch detection {
        case .undecided:
            return false
        case .plain(let framing, let markerCount):
            layers.input.discard(markerCount)
            begin(framing, isObfuscated: false)
        case .obfuscated:
            stage = .header(secrets.isEmpty ? [nil] : secrets.filter { !$0.usesFakeTLS })
        case .tls:
            let fakeTLS = secrets.filter(\.usesFakeTLS)
            guard !fakeTLS.isEmpty else {
                throw MTProtoError(
                    .malformedTransport,
                    "a TLS hello came, but no secret of this proxy is for fake TLS ('ee')"
                )
            }
            stage = .fakeTLS(FakeTLSServer(secrets: fakeTLS, random: random, time: time, seen: seen))
        }
        return true
    }

    private mutating func beginObfuscation(
        header: [UInt8],
        candidates: [MTProxySecret?]
    ) throws(MTProtoError) {
        for secret in candidates {
            guard let found = Obfuscation.server(header: header, secret: secret?.key) else { continue }
            if let secret, secret.mode != .plain, found.framing != .paddedIntermediate {
                throw MTProtoError(
                    .malformedTransport,
                    "a client speaks '\(found.framing.rawValue)' with a secret that wants 'paddedIntermediate'"
                )
            }
            layers.beginObfuscation(found.obfuscation)
            if secret != nil { dataCenter = found.dataCenter }
            begin(found.framing, isObfuscated: true)
            return
        }
        throw MTProtoError(
            .malformedTransport,
            secrets.isEmpty
                ? "a connection starts with 64 bytes that announce no framing, neither plainly nor obfuscated"
                : "a connection starts with 64 bytes that fit none of the proxy's \(candidates.count) secrets"
        )
    }

    private mutating func begin(_ framing: TransportKind.Framing, isObfuscated: Bool) {
        detected = TransportKind.all.first { $0.framing == framing && $0.isObfuscated == isObfuscated }
        codec = framing.codec(for: .server, limits: limits, random: random) ?? HTTPServerCodec(limits: limits)
        stage = .ready
    }

    /// Runs the handshake until it needs more bytes (`false`) or is finished (`true`).
    private mutating func step(
        _ handshake: inout FakeTLSServer,
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
                        .malformedTransport,
                        "a client sent \(layers.input.count) bytes of a TLS hello, "
                            + "and the limit is \(Self.maximumHandshakeStep)"
                    )
                }
                return false
            }
        }
    }
}

extension MTProxySecret {
    fileprivate var usesFakeTLS: Bool {
        if case .fakeTLS = mode { true } else { false }
    }
}
