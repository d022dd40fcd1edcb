import MTProto
import TLRuntime
import Testing

/// What keeps a connection alive, and what does not.
struct SessionLivenessTests {
    /// A session whose ping has just left.
    private func waiting() throws -> SessionBench {
        var bench = try SessionBench.settled()
        bench.advance(.seconds(60))
        _ = bench.fireDeadline()
        #expect(try bench.flush().contains { $0.constructor == MTP.PingDelayDisconnect.id })
        #expect(bench.session.livenessWait != nil)
        return bench
    }

    @Test func frameThatComesSlowlyIsWaitedFor() throws {
        var bench = try waiting()
        for step in 1...8 {
            bench.advance(.seconds(6))
            bench.session.receivedPart(byteCount: step * 60_000, at: bench.now)
            #expect(bench.fireDeadline().isEmpty, "after \(step * 6) s")
        }
        bench.advance(.seconds(10))
        #expect(bench.fireDeadline().gists == ["reconnect connectionLost"], "nothing more of it has come")
    }

    @Test func frameWinsNoMoreTimeThanItsBytesNeed() throws {
        var bench = try waiting()
        for step in 1...5 {
            bench.advance(.seconds(2))
            bench.session.receivedPart(byteCount: 2_048 + step, at: bench.now)
        }
        #expect(bench.fireDeadline().isEmpty)
        bench.advance(.seconds(3))
        bench.session.receivedPart(byteCount: 2_060, at: bench.now)
        #expect(bench.fireDeadline().gists == ["reconnect connectionLost"])
    }

    @Test func pingThatCannotLeaveIsAsGoodAsUnanswered() throws {
        var bench = try SessionBench.settled()
        bench.session.connectionIsFull(at: bench.now)
        #expect(bench.session.livenessWait != nil)
        bench.advance(.seconds(9))
        bench.session.connectionIsFull(at: bench.now)
        #expect(bench.fireDeadline().isEmpty)
        bench.advance(.seconds(1))
        #expect(bench.fireDeadline().gists == ["reconnect connectionLost"])
    }

    @Test func pingLeavesAsSoonAsThereIsRoomAndHasTimeOfItsOwn() throws {
        var bench = try SessionBench.settled()
        bench.session.connectionIsFull(at: bench.now)
        let held = bench.session.livenessWait
        bench.advance(.seconds(9))
        let ping = try #require(try bench.flush().first { $0.constructor == MTP.PingDelayDisconnect.id })
        #expect(bench.session.livenessWait != held)
        bench.advance(.seconds(9))
        #expect(bench.fireDeadline().isEmpty)
        bench.answerService(ping)
        #expect(bench.session.livenessWait == nil)
    }

    @Test func pingIsWaitedForWhileItIsStillLeaving() throws {
        var bench = try waiting()
        for _ in 0..<5 {
            bench.advance(.seconds(9))
            bench.session.pingIsStillLeaving(at: bench.now)
            #expect(bench.fireDeadline().isEmpty)
        }
        bench.advance(.seconds(10))
        #expect(bench.fireDeadline().gists == ["reconnect connectionLost"])
    }
}
