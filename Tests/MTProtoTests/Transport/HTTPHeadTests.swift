import MTProto
import Testing

struct HTTPHeadTests {
    private func head(_ text: String) throws(MTProtoError) -> HTTPHead { try HTTPHead(Array(text.utf8)) }

    @Test func fieldsAreFoundUnderLowerCaseNames() throws {
        let head = try head("HTTP/1.1 200 OK\r\nContent-LENGTH: \t12 \r\nX-Empty:\r\nServer: a: b")
        #expect(head.startLine == "HTTP/1.1 200 OK")
        #expect(head.status == 200)
        #expect(try head.contentLength() == 12)
        #expect(head.values("x-empty") == [""])
        #expect(head.values("server") == ["a: b"])
    }

    @Test(arguments: [
        "", "HTTP/1.1", "HTTP/1.1 20", "HTTP/1.1 2000", "HTTP/1.1 +20", "HTTP/2 200", "http/1.1 200 OK",
        " HTTP/1.1 200",
        "HTTP/1.1  200 OK", "POST /api HTTP/1.1",
    ])
    func otherStartLinesHaveNoStatus(line: String) throws { #expect(try head(line).status == nil) }

    @Test(arguments: [
        "a\r\n b", "a\r\nno colon", "a\r\n: no name", "a\r\nname : blank", "a\r\nna\u{e9}me: v", "a\r\nb: \u{0}",
        "a\nb: c", "a\rb", "a\r\nb: c\r", "a\r\n\r\nb: c",
    ])
    func ambiguousHeadsAreRefused(text: String) {
        let error = #expect(throws: MTProtoError.self) { _ = try head(text) }
        #expect(error?.code == .malformedTransport)
    }

    @Test(arguments: ["", "-1", "+1", "1 2", "0x10", "1,1", "99999999999999999999999999", "٣"])
    func lengthsThatAreNotOneNumberAreRefused(value: String) throws {
        let head = try head("a\r\ncontent-length: \(value)")
        #expect(throws: MTProtoError.self) { _ = try head.contentLength() }
    }

    @Test func contradictingLengthsAndCodingsAreRefused() throws {
        let twice = try head("a\r\ncontent-length: 4\r\ncontent-length: 4")
        #expect(try twice.contentLength() == 4)
        let contradicting = try head("a\r\ncontent-length: 4\r\ncontent-length: 8")
        #expect(throws: MTProtoError.self) { _ = try contradicting.contentLength() }
        let chunked = try head("a\r\ntransfer-encoding: chunked\r\ncontent-length: 8")
        let error = #expect(throws: MTProtoError.self) { _ = try chunked.contentLength() }
        #expect(error?.message.contains("'chunked' is not supported") == true)
    }

    @Test func headsAreFoundWhereverTheyAreCut() throws {
        let bytes = Array("HTTP/1.1 200 OK\r\nA: b\r\n\r\nHTTP/1.1 404 No\r\n\r\nrest".utf8)
        for cut in 0...bytes.count {
            var reader = HTTPHeadReader(limit: 100)
            var queue = ByteQueue()
            var found: [Int?] = []
            for piece in [bytes[..<cut], bytes[cut...]] {
                queue.append(piece)
                while let head = try reader.next(from: &queue) { found.append(head.status) }
            }
            #expect(found == [200, 404], "cut at \(cut)")
            #expect(queue.consumeAll() == Array("rest".utf8))
        }
    }

    @Test func endlessHeadsAreRefusedAtTheLimit() throws {
        for pattern in ["a", "a\r\n"] {
            var reader = HTTPHeadReader(limit: 1000)
            var queue = ByteQueue()
            var count = 0
            #expect(throws: MTProtoError.self) {
                while count < 2000 {
                    queue.append(Array(pattern.utf8))
                    count += pattern.utf8.count
                    _ = try reader.next(from: &queue)
                }
            }
            #expect(count <= 1003)
        }
    }

    @Test func aHeadOfExactlyTheLimitIsTaken() throws {
        let head = "GET / HTTP/1.1\r\nA: \(String(repeating: "x", count: 60))\r\n\r\n"
        var queue = ByteQueue(Array(head.utf8))
        var reader = HTTPHeadReader(limit: head.utf8.count)
        #expect(try reader.next(from: &queue) != nil)
        queue = ByteQueue(Array(head.utf8))
        reader = HTTPHeadReader(limit: head.utf8.count - 1)
        #expect(throws: MTProtoError.self) { _ = try reader.next(from: &queue) }
    }
}
