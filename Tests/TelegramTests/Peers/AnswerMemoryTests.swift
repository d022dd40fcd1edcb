import Testing

@testable import Telegram

@Suite struct AnswerMemoryTests {
    private func memory() -> AnswerMemory { AnswerMemory(limit: 2, found: .seconds(60), absent: .seconds(10)) }

    @Test func answersExpire() {
        var memory = memory()
        memory.remember(.found(.user(1)), to: .username("ann"), at: .seconds(100))
        #expect(memory.answer(.username("ann"), at: .milliseconds(159_999)) == .found(.user(1)))
        #expect(memory.answer(.username("ann"), at: .seconds(160)) == nil)
        #expect(memory.answer(.username("ann"), at: .seconds(100)) == nil)
    }

    @Test func thatThereIsNobodyIsBelievedForAShorterTime() {
        var memory = memory()
        memory.remember(.absent, to: .user(5), at: .zero)
        #expect(memory.answer(.user(5), at: .seconds(9)) == .absent)
        #expect(memory.answer(.channel(5), at: .seconds(9)) == nil)
        #expect(memory.answer(.user(5), at: .seconds(10)) == nil)
    }

    @Test func memoryIsBounded() {
        var memory = memory()
        for id in 1...3 { memory.remember(.absent, to: .user(Int64(id)), at: .zero) }
        var answers: [AnswerMemory.Answer?] = []
        for id in 1...3 { answers.append(memory.answer(.user(Int64(id)), at: .zero)) }
        #expect(answers == [nil, .absent, .absent])
    }

    @Test func forgettingIsAtOnce() {
        var memory = memory()
        memory.remember(.absent, to: .username("ann"), at: .zero)
        memory.forget(.username("ann"))
        #expect(memory.answer(.username("ann"), at: .zero) == nil)
    }
}
