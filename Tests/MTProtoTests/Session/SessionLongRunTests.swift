import MTProtoCrypto
import Testing

@testable import MTProto

struct SessionLongRunTests {
    @Test func tablesStayBoundedOverManyRequests() throws {
        var bench = try SessionBench.settled(announcement: [1, 2, 3, 4])
        var largest = 0
        for id in 1...10_000 as ClosedRange<UInt64> {
            bench.submit(id, wantsQuickAck: true)
            let messages = try bench.flush()
            for message in messages where SessionBench.isQuery(message.body) {
                #expect(bench.answer(message).gists == ["answered \(id)"])
            }
            for message in messages { bench.answerService(message) }
            bench.advance(.milliseconds(100))
            #expect(bench.fireDeadline() == [])
            bench.sent = []
            bench.packets = []
            let session = bench.session
            largest = max(
                largest,
                session.requests.footprint + session.inbox.count + session.services.all.count + session.answers.count
                    + session.acknowledgements.count + session.notes.count + session.answersToDrop.count
            )
        }
        #expect(largest < 1_100)
        #expect(bench.session.requestCount == 0)
    }

    @Test func requestsThatAreCancelledWithoutAConnectionLeaveNothing() throws {
        var bench = try SessionBench.settled()
        bench.session.connectionLost()
        for id in 1...10_000 as ClosedRange<UInt64> {
            bench.submit(id, after: id - 1)
            bench.session.cancel(RequestID(id))
        }
        #expect(bench.session.requests.footprint < 200)
    }

    @Test func connectionsThatComeAndGoLeaveNothing() throws {
        var bench = try SessionBench.settled()
        for id in 1...20 as ClosedRange<UInt64> { bench.submit(id, after: id - 1, isRepeatable: true) }
        for _ in 0..<1_000 {
            bench.session.connectionLost()
            bench.advance(.seconds(1))
            _ = bench.session.connectionRestored(at: bench.now)
            _ = try bench.flush()
            bench.sent = []
            bench.packets = []
        }
        #expect(bench.session.requests.footprint < 400)
        #expect(bench.session.services.all.count < 300)
    }
}
