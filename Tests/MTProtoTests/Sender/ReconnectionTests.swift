import MTProto
import Testing

struct ReconnectionTests {
    private let longest = SenderTesting.Constant(byte: 0xFF)

    private func reconnection(retries: Int? = 5) -> Reconnection { Reconnection(backoff: Backoff(), retries: retries) }

    /// The bounds of the delays after so many failures, rounded up to seconds.
    private func delays(_ reconnection: inout Reconnection, count: Int, at seconds: Double = 0) -> [Double?] {
        (0..<count).map { _ in
            reconnection.failed(at: SenderTesting.reading(seconds), random: longest).map {
                ($0 / .seconds(1)).rounded(.up)
            }
        }
    }

    @Test func delaysGrowUntilTheRetriesAreUsedUp() {
        var reconnection = reconnection(retries: 3)
        #expect(delays(&reconnection, count: 4) == [1, 2, 4, nil])
    }

    @Test func withoutRetriesTheFirstFailureIsTheLast() {
        var reconnection = reconnection(retries: 0)
        #expect(delays(&reconnection, count: 1) == [nil])
    }

    @Test func withoutLimitItGoesOnForever() {
        var reconnection = reconnection(retries: nil)
        #expect(delays(&reconnection, count: 10_000).last == 60)
    }

    @Test func attemptsCountFromOne() {
        var reconnection = reconnection()
        #expect(reconnection.attempt == 1)
        _ = delays(&reconnection, count: 2)
        #expect(reconnection.attempt == 3)
    }

    @Test func serverThatHangsUpAtOnceIsCalledLessAndLessOften() {
        var reconnection = reconnection(retries: 3)
        var found: [Double?] = []
        for second in 0..<4 {
            reconnection.established(at: SenderTesting.reading(Double(second) * 10))
            found += delays(&reconnection, count: 1, at: Double(second) * 10 + 9)
        }
        #expect(found == [1, 2, 4, nil])
    }

    @Test(arguments: [(3.0, [8, 16, 32, nil]), (5, [1, 2, 4, nil])] as [(Double, [Double?])])
    func messageStartsTheCountAnewAndALongEnoughLifeTheWaits(lifetime: Double, expected: [Double?]) {
        var reconnection = reconnection(retries: 3)
        #expect(delays(&reconnection, count: 3) == [1, 2, 4])
        reconnection.established(at: SenderTesting.reading(0))
        reconnection.receivedMessage()
        #expect(reconnection.attempt == 1)
        #expect(delays(&reconnection, count: 4, at: lifetime) == expected)
    }

    @Test func serverThatAnswersAndHangsUpIsCalledLessAndLessOften() {
        var reconnection = reconnection(retries: 3)
        var found: [Double?] = []
        for second in 0..<8 {
            reconnection.established(at: SenderTesting.reading(Double(second)))
            reconnection.receivedMessage()
            found += delays(&reconnection, count: 1, at: Double(second) + 0.1)
        }
        #expect(found == [1, 2, 4, 8, 16, 32, 60, 60])
    }

    @Test func messageBeforeTheConnectionIsEstablishedProvesNothing() {
        var reconnection = reconnection(retries: 3)
        _ = delays(&reconnection, count: 2)
        reconnection.receivedMessage()
        #expect(reconnection.attempt == 3)
    }

    @Test(arguments: [(60.0, [1, 2, 4, nil]), (61, [0, 1, 2, 4, nil])] as [(Double, [Double?])])
    func onlyConnectionOfMoreThanAMinuteIsRestoredAtOnce(lifetime: Double, expected: [Double?]) {
        var reconnection = reconnection(retries: 3)
        reconnection.established(at: SenderTesting.reading(100))
        #expect(delays(&reconnection, count: expected.count, at: 100 + lifetime) == expected)
    }

    @Test func resetForgetsEverything() {
        var reconnection = reconnection(retries: 2)
        _ = delays(&reconnection, count: 2)
        reconnection.established(at: SenderTesting.reading(0))
        reconnection.reset()
        #expect(delays(&reconnection, count: 3, at: 100) == [1, 2, nil])
    }
}
