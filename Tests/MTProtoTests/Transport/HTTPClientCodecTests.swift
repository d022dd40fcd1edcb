import MTProto
import Testing

struct HTTPClientCodecTests {
    private func codec(requests: Int, limits: PacketLimits = PacketLimits()) -> any PacketCodec {
        var codec = HTTPClientCodec(host: Endpoint(host: "149.154.167.51", port: 80), limits: limits)
        for _ in 0..<requests { _ = codec.framed(Wire.packet(24)) }
        return codec
    }

    private func response(_ content: [UInt8], _ start: String = "HTTP/1.1 200 OK") -> [UInt8] {
        Array("\(start)\r\nContent-Length: \(content.count)\r\n\r\n".utf8) + content
    }

    private func frames(_ bytes: [UInt8], requests: Int = 1, cut: Int? = nil) throws(MTProtoError) -> [TransportFrame] {
        var codec = codec(requests: requests)
        return try Wire.frames(&codec, [bytes[..<(cut ?? bytes.count)], bytes[(cut ?? bytes.count)...]])
    }

    @Test(arguments: [
        (Endpoint(host: "149.154.167.51", port: 80), "149.154.167.51"), (Endpoint(host: "h", port: 443), "h:443"),
        (Endpoint(host: "2001::a", port: 80), "[2001::a]"), (Endpoint(host: "::1", port: 8080), "[::1]:8080"),
    ])
    func requestIsAPostToTheAPI(endpoint: Endpoint, host: String) {
        var codec = HTTPClientCodec(host: endpoint)
        let packet = Wire.packet(24)
        let head = "POST /api HTTP/1.1\r\nHost: \(host)\r\nConnection: keep-alive\r\nContent-Length: 24\r\n\r\n"
        #expect(codec.framed(packet) == Array(head.utf8) + packet)
        #expect(codec.outstandingRequests == 1)
    }

    @Test func responsesArriveWhereverTheyAreCut() throws {
        let bytes = response(Wire.packet(24)) + response([]) + response(Wire.packet(40))
        for cut in 0...bytes.count {
            #expect(
                try frames(bytes, requests: 3, cut: cut) == [.packet(Wire.packet(24)), .packet(Wire.packet(40))],
                "cut at \(cut)"
            )
        }
    }

    @Test func everyResponseEndsOneRequest() throws {
        var codec = HTTPClientCodec(host: Endpoint(host: "h", port: 80))
        _ = codec.framed(Wire.packet(24), Wire.packet(24), Wire.packet(24))
        var queue = ByteQueue(response(Wire.packet(24)))
        #expect(try codec.nextFrame(from: &queue) == .packet(Wire.packet(24)))
        #expect(codec.outstandingRequests == 2)
        queue.append(response([]))
        #expect(try codec.nextFrame(from: &queue) == nil)
        #expect(codec.outstandingRequests == 1)
        queue.append(response([], "HTTP/1.1 429 Too Many Requests"))
        #expect(try codec.nextFrame(from: &queue) == .error(429))
        #expect(codec.outstandingRequests == 0)
    }

    @Test(arguments: [404, 429, 444, 403, 500, 302])
    func statusesAreTransportErrorsWithAndWithoutContent(status: Int) throws {
        let page = Array("<html>not here</html>".utf8)
        let start = "HTTP/1.1 \(status) Error"
        #expect(
            try frames(response(page, start) + response(Wire.packet(24)), requests: 2) == [
                .error(Int32(status)), .packet(Wire.packet(24)),
            ]
        )
        #expect(try frames(Array("\(start)\r\n\r\n".utf8)) == [.error(Int32(status))])
        #expect(try frames(Array("\(start)\r\n\r\n".utf8) + page) == [.error(Int32(status))])
        let chunked = Array("\(start)\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n".utf8)
        #expect(try frames(chunked) == [.error(Int32(status))])
    }

    @Test func contentOfErrorsIsNotKept() throws {
        var codec = codec(requests: 1)
        var queue = ByteQueue(Array("HTTP/1.1 404 No\r\nContent-Length: 999999999999\r\n\r\n".utf8))
        #expect(try codec.nextFrame(from: &queue) == .error(404))
        for _ in 0..<100 {
            queue.append(Wire.packet(1000))
            #expect(try codec.nextFrame(from: &queue) == nil)
            #expect(queue.isEmpty)
        }
    }

    @Test func fourNegativeBytesAreAnErrorHereToo() throws {
        #expect(try frames(response(Wire.bytes("6cfeffff"))) == [.error(404)])
    }

    @Test func continueIsNoResponse() throws {
        let bytes = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8) + response(Wire.packet(24))
        #expect(try frames(bytes) == [.packet(Wire.packet(24))])
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\n\r\n", "without a content length"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "'chunked' is not supported"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "multiples of four"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 16777220\r\n\r\n", "the limit is 16777216"),
        ("HTTP/1.1 204 No Content\r\n\r\n", "status 204"), ("HTTP/1.1 101 Switching\r\n\r\n", "status 101"),
        ("HTTP/2 200\r\n\r\n", "not a status line"), ("SSH-2.0-x\r\n\r\n", "not a status line"),
    ])
    func otherResponsesAreRefused(text: String, reason: String) {
        let error = #expect(throws: MTProtoError.self) { _ = try frames(Array(text.utf8)) }
        #expect(error?.code == .malformedTransport)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test func aResponseThatNobodyAskedForIsRefused() {
        let error = #expect(throws: MTProtoError.self) { _ = try frames(response(Wire.packet(24)), requests: 0) }
        #expect(error?.message == "an HTTP response came, but no request waits for one")
    }
}
