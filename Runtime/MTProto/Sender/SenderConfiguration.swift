package import MTProtoCrypto
package import TLRuntime

/// How a ``Sender`` connects, and what it may use.
package struct SenderConfiguration: Sendable {
    // MARK: Where

    /// Where the data centre can be reached; when one fails the next one is tried.
    package var endpoints: [Endpoint]
    /// The number of the data centre, 10000 more for a test one, negative for one that serves media.
    package var dataCenter: Int16
    package var transport: TransportKind = .full
    package var proxy: ProxyConfiguration?
    /// The public keys to trust in a key exchange.
    package var keys: [ServerPublicKey]
    package var connectOptions = ConnectOptions()
    /// How long each step before the first request may take: the proxy's handshake, and each answer of a key exchange.
    package var stepTimeout: Duration = .seconds(10)

    // MARK: Again

    /// How many failed attempts in a row are followed by another one; `nil` for any number.
    package var connectionRetries: Int? = 5
    package var backoff = Backoff()
    /// Whether a lost connection is made again; if not, everything fails with the first loss.
    package var autoReconnect = true

    // MARK: Session

    /// Whether messages are encrypted with temporary keys that nobody keeps, so that a key that leaks later does not
    /// open what was recorded before.
    package var forwardSecrecy = false
    package var temporaryKeyLifetime = TemporaryKeySchedule.usualLifetime
    /// How long requests under an old temporary key may still be answered after a new one has come into use.
    package var retirementLimit: Duration = .seconds(30)
    /// What goes in front of the first request of a session: `invokeWithLayer`, `initConnection`, up to the query.
    package var announcement: [UInt8]?
    package var session = SessionConfiguration()

    // MARK: Limits

    /// How many requests may be on their way; callers of more wait in line.
    package var maximumInFlight = 1_000
    /// How many bytes of requests may be on their way.
    package var maximumBytesInFlight = 64 << 20
    /// How many updates are kept for a slow consumer.
    package var maximumBufferedPushes = 10_000
    /// How many bytes of them.
    package var maximumBufferedPushBytes = 64 << 20

    // MARK: Surroundings

    package var time: any TimeSource = SystemTime()
    package var random: any RandomSource = SystemRandom()
    package var logHandler: (any LogHandler)?
    /// Names the connection in the log.
    package var label: String
    /// Gets every message that is sent or received, decrypted, with secrets masked. Costs a decryption of each packet.
    package var packetDump: (@Sendable (PacketRecord) -> Void)?
    /// Where the connection lives; `nil` takes one of the process's loops.
    package var eventLoop: EventLoop?
    /// Makes the error of a request that the server refused: code and name as they came, the function as far as it is
    /// known.
    package var makeError: @Sendable (_ code: Int, _ name: String, _ method: (any TLFunction.Type)?) -> any Error = {
        code,
        name,
        method in RPCError(code: code, name: name, path: method?.path ?? [])
    }

    package init(endpoints: [Endpoint], dataCenter: Int16, keys: [ServerPublicKey]) {
        self.endpoints = endpoints
        self.dataCenter = dataCenter
        self.keys = keys
        label = "dc\(dataCenter)"
    }
}
