/// Packets as bodies of HTTP requests and responses, the client's end.
///
/// A response belongs to the oldest request without one. What it carries need not answer that request: it is whatever
/// the server has for the session at that moment, which can be nothing. So someone has to keep a request under way for
/// the server to answer with what it wants to push.
///
/// See <https://core.telegram.org/mtproto/transports#http>.
package struct HTTPClientCodec: PacketCodec {
    private enum State: Sendable {
        case head
        case body(count: Int)
        /// The content of a response that reports an error, of which so many bytes are still to come.
        case skipping(count: Int)
        /// The same, up to the end of the connection.
        case skippingAll
    }

    private let host: String
    private let limits: PacketLimits
    private var state = State.head
    private var heads: HTTPHeadReader
    /// How many requests have no response yet.
    package private(set) var outstandingRequests = 0
    package let lastPacketWantsQuickAck = false

    package init(host: Endpoint, limits: PacketLimits = PacketLimits()) {
        let name = host.host.contains(":") ? "[\(host.host)]" : host.host
        self.host = host.port == 80 ? name : "\(name):\(host.port)"
        self.limits = limits
        heads = HTTPHeadReader(limit: limits.httpHead)
    }

    package mutating func frame(_ packet: OutgoingPacket, into output: inout [UInt8]) {
        packet.checkShape()
        let head = """
            POST /api HTTP/1.1\r
            Host: \(host)\r
            Connection: keep-alive\r
            Content-Length: \(packet.bytes.count)\r
            \r\n
            """
        output.append(contentsOf: head.utf8)
        output.append(contentsOf: packet.bytes)
        outstandingRequests += 1
    }

    package mutating func nextFrame(from input: inout ByteQueue) throws(MTProtoError) -> TransportFrame? {
        while true {
            switch state {
            case .head:
                guard let head = try heads.next(from: &input) else { return nil }
                if let frame = try begin(head) { return frame }
            case .body(let count):
                guard let content = input.consume(count) else {
                    input.expect(count)
                    return nil
                }
                state = .head
                if !content.isEmpty { return TransportFrame(content: content, for: .client) }
            case .skipping(let count):
                let skipped = min(count, input.count)
                input.discard(skipped)
                guard skipped == count else {
                    state = .skipping(count: count - skipped)
                    return nil
                }
                state = .head
            case .skippingAll:
                input.discard(input.count)
                return nil
            }
        }
    }

    /// Decides what follows a response's head.
    private mutating func begin(_ head: HTTPHead) throws(MTProtoError) -> TransportFrame? {
        guard let status = head.status else {
            throw HTTPHead.malformed(
                "an HTTP response starts with '\(HTTPHead.shown(head.startLine))', which is not a status line"
            )
        }
        switch status {
        case 200:
            guard outstandingRequests > 0 else {
                throw HTTPHead.malformed("an HTTP response came, but no request waits for one")
            }
            guard let length = try head.contentLength() else {
                throw HTTPHead.malformed("an HTTP response came without a content length, which is needed")
            }
            if length > 0 { try limits.checkAligned(length, in: .http) }
            outstandingRequests -= 1
            state = .body(count: length)
            return nil
        case 300...599:
            // How the content ends does not matter enough to fail for it: the code is what counts.
            state = (try? head.contentLength()).flatMap { $0 }.map(State.skipping) ?? .skippingAll
            outstandingRequests = max(0, outstandingRequests - 1)
            return .error(Int32(status))
        case 100:
            return nil
        default:
            throw HTTPHead.malformed("an HTTP response has the status \(status), and 200 was expected")
        }
    }

    /// Never called: only servers acknowledge, and not over HTTP.
    package mutating func frameQuickAck(_ token: UInt32, into output: inout [UInt8]) {}
}
