import MTProtoCrypto
import Testing

@testable import MTProto

/// Requests that follow one that fails after they have left: they must not be executed without it.
struct SessionOrderTests {
    /// A bench on which the request 2 has left after 1, each in a packet of its own, and 1 was refused.
    private func orphaned(isRepeatable: Bool = false) throws -> (bench: SessionBench, second: SentMessage) {
        var bench = try SessionBench.settled()
        bench.submit(1, isRepeatable: isRepeatable)
        let first = try #require(try bench.flushRequests().first)
        bench.submit(2, after: 1, isRepeatable: isRepeatable)
        let second = try #require(try bench.flushRequests().first)
        #expect(bench.deliver(ServerBody.error(of: first.id, 400, "NO")).gists == ["refused 1 400 NO"])
        return (bench, second)
    }

    private static let failure = "failed 2 predecessorFailed"

    @Test func refusedSaltDoesNotFreeTheRequestFromItsPredecessor() throws {
        var (bench, second) = try orphaned()
        #expect(bench.deliver(ServerBody.badSalt(second.id, 8), isContentRelated: false).gists.contains(Self.failure))
        #expect(try bench.flushRequests() == [])
    }

    @Test(arguments: [16, 17, 32, 33, 34, 64] as [Int32])
    func refusedMessageDoesNotFreeTheRequestFromItsPredecessor(code: Int32) throws {
        var (bench, second) = try orphaned()
        let events = bench.deliver(ServerBody.complaint(second.id, code), isContentRelated: false)
        #expect(events.gists.contains(Self.failure))
        #expect(try bench.flushRequests() == [])
    }

    @Test func announcementIsNotRepeatedWithoutThePredecessor() throws {
        var bench = try SessionBench.settled(announcement: [1, 2, 3, 4])
        bench.submit(1)
        let first = try #require(try bench.flushRequests().first)
        bench.submit(2, after: 1)
        let second = try #require(try bench.flushRequests().first)
        bench.deliver(ServerBody.error(of: first.id, 400, "NO"))
        let events = bench.deliver(ServerBody.error(of: second.id, 400, "CONNECTION_NOT_INITED"))
        #expect(events.gists == [Self.failure])
        #expect(try bench.flushRequests() == [])
    }

    @Test func lostRequestIsNotSentAnewWithoutItsPredecessor() throws {
        var (bench, second) = try orphaned()
        bench.session.connectionLost()
        bench.advance(.seconds(400))
        _ = bench.session.connectionRestored(at: bench.now)
        let question = try #require(
            try bench.flush().first { $0.constructor == ServiceConstructor.msgsStateReq.rawValue }
        )
        let info = MTP.MsgsStateInfo(reqMsgID: question.id.rawValue, info: [2]).wireBytes
        #expect(bench.deliver(info).gists.contains(Self.failure))
        #expect(try bench.flushRequests() == [])
        #expect(second.id.time < bench.serverTime - .seconds(290))
    }

    @Test func lostRequestStaysBehindItsPredecessorWhileItIsTheSameMessage() throws {
        var (bench, second) = try orphaned(isRepeatable: true)
        bench.session.connectionLost()
        _ = bench.session.connectionRestored(at: bench.now)
        let again = try bench.flushRequests()
        #expect(again.map(\.id) == [second.id] && again.map(\.body) == [second.body])
    }

    @Test func repeatableRequestOfALostSessionIsNotRepeatedWithoutItsPredecessor() throws {
        var (bench, _) = try orphaned(isRepeatable: true)
        bench.submit(3)
        let third = try #require(try bench.flushRequests().first)
        let events = bench.deliver(ServerBody.newSession(first: third.id, unique: 8))
        #expect(events.gists.contains(Self.failure))
        #expect(try bench.flushRequests() == [])
    }

    @Test func wholeChainFails() throws {
        var (bench, second) = try orphaned()
        bench.submit(3, after: 2)
        let third = try #require(try bench.flushRequests().first)
        bench.submit(4, after: 3)
        #expect(bench.deliver(ServerBody.badSalt(second.id, 8), isContentRelated: false).gists.contains(Self.failure))
        let events = bench.deliver(ServerBody.complaint(third.id, 64), isContentRelated: false)
        #expect(events.gists == ["failed 3 predecessorFailed", "failed 4 predecessorFailed"])
        #expect(try bench.flushRequests() == [])
    }

    @Test func successOfThePredecessorFreesTheRequest() throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        let first = try #require(try bench.flushRequests().first)
        bench.submit(2, after: 1)
        let second = try #require(try bench.flushRequests().first)
        bench.answer(first)
        bench.deliver(ServerBody.badSalt(second.id, 8), isContentRelated: false)
        #expect(try bench.flushRequests().map(\.body) == [SessionBench.query(2)])
    }
}
