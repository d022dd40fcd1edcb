import MTProto
import Synchronization
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// `@unchecked Sendable`: it is a number, though some systems write it as a pointer.
private struct LoopThread: @unchecked Sendable {
    let identity: pthread_t
}

extension NetworkTests {
    @Suite struct EventLoopTests {
        @Test func jobsOfOneThreadRunInOrderOnTheLoop() async throws {
            try await withLoops { group in
                let loop = group.next()
                let seen = Record<Int>()
                for number in 0..<5_000 {
                    loop.execute {
                        #expect(loop.isCurrent)
                        seen.append(number)
                    }
                }
                _ = await loop.run { true }
                #expect(seen.all == [Int](0..<5_000))
                #expect(!loop.isCurrent)
            }
        }

        @Test func jobsFromTheLoopFollowInTheSameTurnAndNeverInline() async throws {
            try await withLoops { group in
                let loop = group.next()
                let seen = Record<String>()
                let done = Promise<Bool>()
                loop.execute {
                    loop.atEndOfTick {
                        seen.append("end")
                        loop.atEndOfTick { seen.append("second end") }
                        loop.execute {
                            seen.append("next turn")
                            loop.atEndOfTick {
                                seen.append("next end")
                                done.keep(true)
                            }
                        }
                    }
                    loop.execute {
                        seen.append("inner")
                        loop.execute { seen.append("innermost") }
                    }
                    seen.append("outer")
                }
                _ = await done.value
                #expect(
                    seen.all == ["outer", "inner", "innermost", "end", "second end", "next turn", "next end"]
                )
            }
        }

        @Test func jobsThatNeverEndDoNotStopTimersOrOtherThreads() async throws {
            try await withLoops { group in
                let loop = group.next()
                let isOver = Atomic(false)
                let timer = Promise<Bool>()
                @Sendable func again() {
                    guard !isOver.load(ordering: .relaxed) else { return }
                    loop.execute { again() }
                    loop.atEndOfTick { endAgain() }
                }
                @Sendable func endAgain() {
                    guard !isOver.load(ordering: .relaxed) else { return }
                    loop.atEndOfTick { endAgain() }
                }
                loop.execute {
                    again()
                    _ = loop.schedule(after: .milliseconds(1)) { timer.keep(true) }
                }
                #expect(await timer.value)
                #expect(await loop.run { true })
                isOver.store(true, ordering: .relaxed)
            }
        }

        @Test func timersFireInOrderAndNotEarly() async throws {
            try await withLoops { group in
                let loop = group.next()
                let seen = Record<Int>()
                let done = Promise<Duration>()
                let start = ContinuousClock.now
                loop.execute {
                    _ = loop.schedule(after: .milliseconds(30)) {
                        seen.append(30)
                        done.keep(ContinuousClock.now - start)
                    }
                    _ = loop.schedule(after: .milliseconds(10)) { seen.append(10) }
                    _ = loop.schedule(after: .zero) { seen.append(0) }
                    _ = loop.schedule(after: .seconds(-5)) { seen.append(-5) }
                    _ = loop.schedule(after: .seconds(Int64.max)) { seen.append(.max) }
                    seen.append(-100)
                }
                #expect(await done.value >= .milliseconds(30))
                #expect(seen.all == [-100, 0, -5, 10, 30])
            }
        }

        @Test func aCancelledTimerDoesNotFire() async throws {
            try await withLoops { group in
                let loop = group.next()
                let seen = Record<String>()
                let done = Promise<Bool>()
                loop.execute {
                    let first = loop.schedule(after: .zero) { seen.append("first") }
                    let second = loop.schedule(after: .zero) { seen.append("second") }
                    second.cancel()
                    second.cancel()
                    _ = loop.schedule(after: .milliseconds(2)) {
                        // It has fired, and another timer must not suffer.
                        let last = loop.schedule(after: .zero) {
                            seen.append("last")
                            done.keep(true)
                        }
                        first.cancel()
                        _ = last
                    }
                }
                _ = await done.value
                #expect(seen.all == ["first", "last"])
            }
        }

        @Test func timersWithoutDelayDoNotStarveJobs() async throws {
            try await withLoops { group in
                let loop = group.next()
                let isOver = Atomic(false)
                @Sendable func again() {
                    if !isOver.load(ordering: .relaxed) { _ = loop.schedule(after: .zero) { again() } }
                }
                loop.execute { again() }
                for _ in 0..<10 { #expect(await loop.run { true }) }
                isOver.store(true, ordering: .relaxed)
            }
        }

        @Test func aSleepOfTheMachineMakesTimersLateBySecondsOnly() {
            #expect(EventLoop.wait(until: 3_600_000_000_000, from: 0) == 5_000_000_000)
            #expect(EventLoop.wait(until: 1_000, from: 400) == 600)
            #expect(EventLoop.wait(until: 400, from: 1_000) == 0)
        }

        @Test func signalsDoNotDisturbTheWaiting() async throws {
            try await withLoops { group in
                let loop = group.next()
                signal(SIGUSR2) { _ in }
                defer { signal(SIGUSR2, SIG_DFL) }
                let thread = await loop.run { LoopThread(identity: pthread_self()) }
                for _ in 0..<200 { pthread_kill(thread.identity, SIGUSR2) }
                let fired = Promise<Bool>()
                loop.execute { _ = loop.schedule(after: .milliseconds(5)) { fired.keep(true) } }
                for _ in 0..<200 { pthread_kill(thread.identity, SIGUSR2) }
                #expect(await fired.value)
            }
        }
    }
}
