import MTProto
import Testing

struct RequestLimiterTests {
    private func id(_ number: UInt64) -> RequestID { RequestID(number) }
    private func ids(_ numbers: UInt64...) -> [RequestID] { numbers.map(RequestID.init) }

    @Test func limitHoldsBackWhatIsTooMuch() {
        var limiter = RequestLimiter(maximumCount: 2, maximumBytes: 1_000)
        #expect((1...4).map { limiter.admit(id($0), byteCount: 1) } == [true, true, false, false])
        #expect(limiter.admittedCount == 2 && limiter.waitingCount == 2)
    }

    @Test func firstInLineIsLetInFirst() {
        var limiter = RequestLimiter(maximumCount: 1, maximumBytes: 1_000)
        for number in 1...4 { _ = limiter.admit(id(UInt64(number)), byteCount: 1) }
        #expect(limiter.release(byteCount: 1) == ids(2))
        #expect(limiter.release(byteCount: 1) == ids(3))
        #expect(limiter.release(byteCount: 1) == ids(4))
        #expect(limiter.release(byteCount: 1) == [])
        #expect(limiter.admittedCount == 0)
    }

    @Test func newcomerDoesNotOvertakeTheLine() {
        var limiter = RequestLimiter(maximumCount: 10, maximumBytes: 100)
        #expect(limiter.admit(id(1), byteCount: 80) == true)
        #expect(limiter.admit(id(2), byteCount: 50) == false)
        #expect(limiter.admit(id(3), byteCount: 1) == false)
        #expect(limiter.release(byteCount: 80) == ids(2, 3))
    }

    @Test func oversizedRequestIsLetInAlone() {
        var limiter = RequestLimiter(maximumCount: 10, maximumBytes: 100)
        #expect(limiter.admit(id(1), byteCount: 1) == true)
        #expect(limiter.admit(id(2), byteCount: 5_000) == false)
        #expect(limiter.release(byteCount: 1) == ids(2))
        #expect(limiter.admit(id(3), byteCount: 1) == false)
        #expect(limiter.release(byteCount: 5_000) == ids(3))
    }

    @Test func whoGivesUpIsSkipped() {
        var limiter = RequestLimiter(maximumCount: 1, maximumBytes: 1_000)
        for number in 1...3 { _ = limiter.admit(id(UInt64(number)), byteCount: 1) }
        #expect(limiter.giveUp(id(2)) == [])
        #expect(limiter.giveUp(id(2)) == nil)
        #expect(limiter.giveUp(id(1)) == nil)
        #expect(limiter.release(byteCount: 1) == ids(3))
    }

    @Test func largeRequestThatGivesUpMakesWayForThoseBehindIt() {
        var limiter = RequestLimiter(maximumCount: 10, maximumBytes: 100)
        _ = limiter.admit(id(1), byteCount: 80)
        _ = limiter.admit(id(2), byteCount: 50)
        _ = limiter.admit(id(3), byteCount: 10)
        _ = limiter.admit(id(4), byteCount: 20)
        #expect(limiter.giveUp(id(2)) == ids(3))
        #expect(limiter.giveUp(id(4)) == [])
        #expect(limiter.admittedCount == 2)
    }

    @Test func longLineKeepsItsOrder() {
        var limiter = RequestLimiter(maximumCount: 7, maximumBytes: 1_000_000)
        var admitted: [RequestID] = []
        var next: UInt64 = 0
        for _ in 0..<500 {
            for _ in 0..<3 {
                next += 1
                if limiter.admit(id(next), byteCount: 1) { admitted.append(id(next)) }
            }
            if next % 5 == 0, limiter.giveUp(id(next)) != nil { admitted.append(id(0)) }
            admitted += limiter.release(byteCount: 1)
        }
        while limiter.admittedCount > 0 { admitted += limiter.release(byteCount: 1) }
        let order = admitted.map(\.rawValue).filter { $0 > 0 }
        #expect(order == order.sorted())
        #expect(admitted.count == Int(next))
    }
}
