import MTProto
import TelegramTesting
import Testing

@testable import Telegram

@Suite(.timeLimit(.minutes(10)))
struct SleeperTests {
    private struct Reason: Error {}

    @Test func interruptionTellsWhy() async throws {
        let sleeper = Sleeper(time: ManualClock())
        let task = Task { try await sleeper.sleep(for: .seconds(9)) }
        for await count in sleeper.sleeperCounts where count == 1 { break }
        sleeper.interruptAll(with: Reason())
        await #expect(throws: Reason.self) { try await task.value }
    }

    @Test func sleepThatAnInterruptionWasMeantForDoesNotBegin() async throws {
        let clock = ManualClock()
        let sleeper = Sleeper(time: clock)
        let deadline = clock.now().monotonic + .seconds(9)
        let before = sleeper.interruptionCount
        sleeper.interruptAll(with: Reason())
        await #expect(throws: Reason.self) { try await sleeper.sleep(until: deadline, since: before) }
        // Work that has begun since sleeps.
        let task = Task { try await sleeper.sleep(until: deadline, since: sleeper.interruptionCount) }
        for await count in sleeper.sleeperCounts where count == 1 { break }
        clock.advance(by: .seconds(9))
        try await task.value
    }

    @Test func requestThatWasAnsweredRightBeforeDisconnectingDoesNotSleepOn() async throws {
        try await ClientFixture.run { fixture in
            let core = fixture.client.core
            var attempts = Attempts(TL.help.GetNearestDc.self, .seconds(60), core)
            await fixture.client.disconnect()
            for name in ["FLOOD_WAIT_20", "INTERNAL"] {
                await #expect(throws: CancellationError.self) {
                    try await attempts.recover(
                        from: RPCError.test(name, code: name == "INTERNAL" ? 500 : 420),
                        at: .elsewhere
                    )
                }
            }
        }
    }
}
