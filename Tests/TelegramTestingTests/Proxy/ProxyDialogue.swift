import MTProto
import TelegramTesting
import Testing

/// Both sides of a handshake in memory, with a stream behind it.
struct ProxyDialogue {
    /// Where the proxy was asked to connect to.
    var destination: Endpoint?
    /// Whether the client believes to be connected.
    var isFinished = false
    /// What arrived of the stream on each side.
    var receivedByProxy: [UInt8] = []
    var receivedByClient: [UInt8] = []

    /// Runs both sides to the end, carrying at most `step` bytes at a time. The destination can be connected if
    /// `isReachable`; the first bytes of the stream follow the last ones of the handshake at once.
    init(
        _ client: consuming any StreamHandshake,
        _ proxy: consuming any ProxyServerHandshake,
        step: Int = .max,
        isReachable: Bool = true
    ) throws {
        var client = client
        var proxy = proxy
        var toProxy = client.start()
        var toClient: [UInt8] = []
        var proxyInput = ByteQueue()
        var clientInput = ByteQueue()
        while !toProxy.isEmpty || !toClient.isEmpty {
            proxyInput.append(toProxy.prefix(step))
            toProxy.removeFirst(min(step, toProxy.count))
            serving: while destination == nil {
                switch try proxy.received(&proxyInput) {
                case .needsMore: break serving
                case .send(let bytes): toClient += bytes
                case .refuse(let bytes):
                    toClient += bytes
                    break serving
                case .connect(let endpoint):
                    destination = endpoint
                    toClient += isReachable ? proxy.accepted() + Array("from server".utf8) : proxy.unreachable()
                }
            }
            clientInput.append(toClient.prefix(step))
            toClient.removeFirst(min(step, toClient.count))
            asking: while !isFinished {
                switch try client.received(&clientInput) {
                case .needsMore: break asking
                case .send(let bytes): toProxy += bytes
                case .finished(let bytes):
                    isFinished = true
                    toProxy += bytes + Array("from client".utf8)
                }
            }
        }
        receivedByProxy = proxyInput.consumeAll()
        receivedByClient = clientInput.consumeAll()
    }
}
