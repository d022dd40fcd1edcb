import MTProto
import Testing

struct MessageIDGeneratorTests {
    @Test func identifiersRiseUnderAClockThatGoesBack() {
        var generator = MessageIDGenerator()
        var last = MessageID(0)
        for step in 0..<10_000 {
            let time: Duration = .seconds(1_700_000_000) - .milliseconds(37 * step)
            let next = generator.next(at: time)
            #expect(next > last && next.isFromClient)
            last = next
        }
    }

    @Test func fractionOfTheSecondIsKept() {
        var generator = MessageIDGenerator()
        let time: Duration = .seconds(1_700_000_000) + .nanoseconds(123_456_789)
        let id = generator.next(at: time)
        #expect(id.rawValue >> 32 == 1_700_000_000)
        let difference = time - id.time
        #expect(difference >= .zero && difference < .nanoseconds(3))
    }

    @Test(arguments: [.seconds(-5), .seconds(Int64.max / 2), .zero] as [Duration])
    func strangeTimesMakeNoTrap(time: Duration) {
        var generator = MessageIDGenerator()
        let first = generator.next(.serverAnswer, at: time)
        let second = generator.next(.serverNotice, at: time)
        #expect(first < second && first.isFromServer && second.isFromServer)
    }
}
