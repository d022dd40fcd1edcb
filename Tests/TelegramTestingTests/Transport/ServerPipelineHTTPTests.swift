import MTProto
import TelegramTesting
import Testing

struct ServerPipelineHTTPTests {
    private let question = PipelinePair.packet(1, seed: 1)
    private let answer = PipelinePair.packet(2, seed: 2)
    private let update = PipelinePair.packet(3, seed: 3)

    @Test func questionsAndAnswersArrive() throws {
        var pair = try PipelinePair(.http)
        try pair.connect()
        for count in [0, 29, 65_535] {
            try pair.clientSends([PipelinePair.packet(count)])
            #expect(pair.server.maySend)
            try pair.serverSends([PipelinePair.packet(count)])
            #expect(!pair.server.maySend)
        }
        #expect(pair.atServer == [0, 29, 65_535].map { .packet(PipelinePair.packet($0)) })
        #expect(pair.atClient == pair.atServer)
        #expect(pair.server.detected == .http)
        #expect(pair.client.outstandingRequests == 0)
    }

    @Test func packetsArriveWhereverTheStreamIsCut() throws {
        for cut in 0...250 {
            var pair = try PipelinePair(.http)
            pair.cut = { [0..<min(cut, $0), min(cut, $0)..<$0] }
            try pair.connect()
            try pair.clientSends([question])
            try pair.serverSends([answer])
            #expect(pair.atServer == [.packet(question)], "cut at \(cut)")
            #expect(pair.atClient == [.packet(answer)], "cut at \(cut)")
        }
    }

    @Test func packetsArriveByteByByte() throws {
        var pair = try PipelinePair(.http)
        pair.cut = { count in (0..<count).map { $0..<$0 + 1 } }
        try pair.connect()
        try pair.clientSends([question, question])
        try pair.serverSends([answer])
        #expect(pair.atServer == [.packet(question), .packet(question)])
        #expect(pair.atClient == [.packet(answer)])
    }

    @Test func aRequestReleasesTheOneThatWaits() throws {
        var pair = try PipelinePair(.http)
        try pair.connect()
        try pair.clientSends([question])
        #expect(pair.client.outstandingRequests == 1)
        try pair.clientSends([question])
        #expect(pair.client.outstandingRequests == 1)
        #expect(pair.atClient == [])
        try pair.serverSends([answer])
        #expect(pair.atClient == [.packet(answer)])
        #expect(pair.client.outstandingRequests == 0)
    }

    @Test func whatNobodyAskedForWaitsForTheNextRequests() throws {
        var pair = try PipelinePair(.http)
        try pair.connect()
        try pair.clientSends([question])
        try pair.serverSends([answer, update, answer])
        #expect(pair.atClient == [.packet(answer)])
        try pair.clientSends([question])
        #expect(pair.atClient == [.packet(answer), .packet(update)])
        try pair.clientSends([question])
        #expect(pair.atClient == [.packet(answer), .packet(update), .packet(answer)])
        #expect(pair.client.outstandingRequests == 0)
    }

    @Test func aPollCanEndWithNothing() throws {
        var pair = try PipelinePair(.http)
        try pair.connect()
        try pair.clientSends([question])
        try pair.toClient(pair.server.releasePoll())
        #expect(pair.client.outstandingRequests == 0)
        #expect(pair.atClient == [])
        #expect(pair.server.releasePoll() == [])
    }

    @Test func statusIsTheErrorCode() throws {
        var pair = try PipelinePair(.http)
        try pair.connect()
        try pair.clientSends([question])
        let bytes = pair.server.error(404)
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("HTTP/1.1 404 Error\r\n"))
        try pair.toClient(bytes)
        #expect(pair.atClient == [.error(404)])
    }
}
