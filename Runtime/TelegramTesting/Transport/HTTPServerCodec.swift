package import MTProto

/// Packets as bodies of HTTP requests and responses, the server's end.
///
/// A server may only answer. So a packet is the answer to the request that waits, and when none waits it is kept for
/// the next one. When a request comes while another waits, the older one is answered with nothing: whatever was to be
/// its answer goes out with the newer one. Hence at most one request waits at any time.
package struct HTTPServerCodec: PacketCodec {
    /// How many packets are kept for a client that does not ask. Beyond it the oldest is forgotten, as servers do; the
    /// session sends it again when it is not acknowledged.
    private static let maximumKeptPackets = 1024

    private let limits: PacketLimits
    private var heads: HTTPHeadReader
    /// The length of the content whose head has come.
    private var contentCount: Int?
    private var kept: [[UInt8]] = []
    /// Whether a request waits for its answer.
    package private(set) var hasWaitingRequest = false
    package let lastPacketWantsQuickAck = false

    package init(limits: PacketLimits = PacketLimits()) {
        self.limits = limits
        heads = HTTPHeadReader(limit: limits.httpHead)
    }

    package mutating func nextFrame(from input: inout ByteQueue) throws(MTProtoError) -> TransportFrame? {
        if contentCount == nil {
            guard let head = try heads.next(from: &input) else { return nil }
            contentCount = try contentCount(of: head)
        }
        guard let count = contentCount else { return nil }
        guard let content = input.consume(count) else {
            input.expect(count)
            return nil
        }
        contentCount = nil
        return .packet(content)
    }

    private func contentCount(of head: HTTPHead) throws(MTProtoError) -> Int {
        let parts = head.startLine.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "POST", parts[1].hasPrefix("/api"), parts[2].hasPrefix("HTTP/1.") else {
            throw HTTPHead.malformed(
                "an HTTP request starts with '\(HTTPHead.shown(head.startLine))', not with 'POST /api'"
            )
        }
        guard let count = try head.contentLength() else {
            throw HTTPHead.malformed("an HTTP request came without a content length, which is needed")
        }
        try limits.checkAligned(count, in: .http)
        return count
    }

    /// Notes that a request has come; returns the bytes that have to be written because of it.
    mutating func requestArrived() -> [UInt8] {
        var output: [UInt8] = []
        if hasWaitingRequest { respond(with: [], into: &output) }
        hasWaitingRequest = true
        if !kept.isEmpty { respond(with: kept.removeFirst(), into: &output) }
        return output
    }

    /// Answers the waiting request with nothing, as when the time of a long poll is over.
    mutating func releaseRequest() -> [UInt8] {
        var output: [UInt8] = []
        if hasWaitingRequest { respond(with: [], into: &output) }
        return output
    }

    package mutating func frame(_ packet: OutgoingPacket, into output: inout [UInt8]) {
        guard hasWaitingRequest else {
            if kept.count == Self.maximumKeptPackets { kept.removeFirst() }
            kept.append(packet.bytes)
            return
        }
        respond(with: packet.bytes, into: &output)
    }

    private mutating func respond(with content: [UInt8], into output: inout [UInt8]) {
        let head = """
            HTTP/1.1 200 OK\r
            Connection: keep-alive\r
            Content-Type: application/octet-stream\r
            Content-Length: \(content.count)\r
            \r\n
            """
        output.append(contentsOf: head.utf8)
        output.append(contentsOf: content)
        hasWaitingRequest = false
    }

    /// Answers with the error as the status; the content says nothing.
    package mutating func frameError(_ code: Int32, into output: inout [UInt8]) {
        let head = """
            HTTP/1.1 \(code) Error\r
            Connection: close\r
            Content-Length: 0\r
            \r\n
            """
        output.append(contentsOf: head.utf8)
        hasWaitingRequest = false
    }

    package mutating func frameQuickAck(_ token: UInt32, into output: inout [UInt8]) {}
}
