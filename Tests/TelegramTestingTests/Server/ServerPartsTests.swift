import MTProto
import MTProtoCrypto
import Testing

@testable import TelegramTesting

/// The small parts of a server.
@Suite struct ServerPartsTests {
    private let start = Duration.seconds(1_000_000)

    @Test func saltsOverlapAndRunOut() {
        var salts = ServerSalts(first: 5, at: start, random: SystemRandom())
        let lasts = salts.isValid(5, at: start + .seconds(3599))
        #expect(lasts)
        let second = salts.current(at: start + .seconds(1800)).value
        let isSecondValid = salts.isValid(second, at: start + .seconds(3600))
        let isFirstValid = salts.isValid(5, at: start + .seconds(3600))
        #expect(second != 5 && isSecondValid && !isFirstValid)
        let later = start + .seconds(1_000_000)
        let last = salts.current(at: later)
        #expect(last.validity.contains(later))
    }

    @Test func rotationMakesOldSaltsInvalidAtOnce() {
        var salts = ServerSalts(first: 5, at: start, random: SystemRandom())
        salts.rotate(at: start)
        let isOldValid = salts.isValid(5, at: start)
        let current = salts.current(at: start).value
        #expect(!isOldValid && current != 5)
    }

    @Test func saltsSurviveAClockThatIsTurnedBack() {
        var salts = ServerSalts(first: 5, at: start, random: SystemRandom())
        let isValid = salts.isValid(5, at: start - .seconds(7200))
        let current = salts.current(at: start - .seconds(7200)).value
        #expect(isValid && current == 5)
    }

    @Test func predecessorsReleaseInOrder() {
        var queue = PredecessorQueue<String>()
        queue.add("b", id: MessageID(8), after: [MessageID(4)], until: .seconds(10))
        queue.add("c", id: MessageID(12), after: [MessageID(4), MessageID(8)], until: .seconds(20))
        #expect(queue.deadline == .seconds(10))
        let first = queue.ended(MessageID(4), succeeded: true)
        #expect(first.map(\.request) == ["b"] && first.map(\.mayRun) == [true])
        let last = queue.ended(MessageID(8), succeeded: false)
        #expect(last.map(\.request) == ["c"] && last.map(\.mayRun) == [false] && queue.isEmpty)
    }

    @Test func predecessorsThatNeverEndRunOut() {
        var queue = PredecessorQueue<String>()
        queue.add("b", id: MessageID(8), after: [MessageID(4)], until: .seconds(10))
        let early = queue.expired(at: .seconds(9))
        let late = queue.expired(at: .seconds(10))
        #expect(early.isEmpty && late == [MessageID(8)] && queue.isEmpty)
    }

    @Test func keysAreForgottenWithWhatIsBoundToThem() throws {
        let permanent = try #require(AuthKey(bytes: [UInt8](repeating: 1, count: 256)))
        let temporary = try #require(AuthKey(bytes: [UInt8](repeating: 2, count: 256)))
        let salts = ServerSalts(first: 1, at: start, random: SystemRandom())
        var keys = ServerKeyStore()
        keys.add(permanent, dataCenter: 2, expiresAt: nil, salts: salts, at: start)
        keys.add(temporary, dataCenter: 2, expiresAt: start + .seconds(60), salts: salts, at: start)
        #expect(keys[temporary.id]?.ownerID == nil && keys[permanent.id]?.ownerID == permanent.id)
        keys.bind(temporary.id, to: permanent.id)
        #expect(keys[temporary.id]?.ownerID == permanent.id)
        #expect(keys.usable(permanent.id, dataCenter: 1, at: start) == nil)
        #expect(keys.usable(temporary.id, dataCenter: 2, at: start + .seconds(59)) != nil)
        #expect(keys.usable(temporary.id, dataCenter: 2, at: start + .seconds(60)) == nil)
        let removed = keys.remove(permanent.id)
        #expect(Set(removed) == [permanent.id, temporary.id] && keys.ids.isEmpty)
    }

    @Test func historyKeepsItsOrderAndItsFloor() {
        var history = MessageHistory(limit: 4)
        for id in [20, 8, 12, 4, 16] as [Int64] {
            history.insert(.init(id: MessageID(id), sequenceNumber: Int32(id), status: .noted, time: .seconds(id)))
        }
        #expect(history.count == 5 && history.highest == MessageID(20) && history.floor == nil)
        history.insert(.init(id: MessageID(24), sequenceNumber: 24, status: .noted, time: .seconds(24)))
        #expect(history.count == 4 && history.floor == MessageID(8))
        #expect(history[MessageID(12)] != nil && history[MessageID(8)] == nil && history.isForgotten(MessageID(8)))
        history[MessageID(16)]?.status = .running
        history.forget(before: .seconds(100))
        #expect(history.count == 3, "what runs stays, and what is newer with it")
    }

    @Test func requestThatRunsIsRememberedHoweverMuchFollows() {
        var history = MessageHistory(limit: 4)
        for id in Int64(1)...100 {
            let status: MessageHistory.Status = id == 3 ? .running : .noted
            history.insert(.init(id: MessageID(id * 4), sequenceNumber: Int32(id), status: status, time: .seconds(id)))
        }
        #expect(history[MessageID(12)]?.status == .running && history[MessageID(16)] == nil)
        #expect(history.count <= 6 && history.isForgotten(MessageID(16)) && history.highest == MessageID(400))
    }

    @Test func storageKeepsOneValueOfEachType() {
        let storage = TestStorage()
        #expect(storage[Int.self] == nil)
        storage[Int.self] = 4
        storage[String.self] = "four"
        let updated = storage.update(default: 0) { value in
            value += 1
            return value
        }
        #expect(updated == 5)
        #expect(storage[Int.self] == 5 && storage[String.self] == "four")
        storage[Int.self] = nil
        #expect(storage[Int.self] == nil)
    }

    @Test func pollEndsWithTheFirstOutputThatHasWaitedEnough() {
        let address = SessionAddress(keyID: 1, sessionID: 2)
        var poll = PollState()
        #expect(poll.deadline == nil)
        poll.start(for: address, at: .seconds(100))
        #expect(poll.deadline == .seconds(125))
        poll.adopt(.init(maximumDelay: .seconds(3), waitAfter: .seconds(2), maximumWait: .seconds(10)))
        #expect(poll.deadline == .seconds(110))
        poll.outputWaits(at: .seconds(101))
        #expect(poll.deadline == .seconds(103))
        poll.outputWaits(at: .seconds(102.5))
        #expect(poll.deadline == .seconds(104), "no longer than the first may wait")
        poll.end()
        #expect(poll.deadline == nil && poll.session == nil)
    }
}
