import Testing

@testable import MTProto

struct SaltScheduleTests {
    private let now = TimeReading(wall: .seconds(100_000), monotonic: .seconds(50))

    private func salt(_ value: Int64, _ start: Int, _ end: Int) -> ServerSalt {
        ServerSalt(value: value, validity: .seconds(start) ..< .seconds(end))
    }

    @Test(
        arguments: [
            (100, 1), (3_000, 1), (3_299, 1), (3_300, 2), (3_600, 2), (5_000, 2), (9_000, 2), (20_000, 3), (40_000, 3),
        ] as [(Int, Int64)]
    )
    func saltInUseIsTheOneThatIsValid(second: Int, value: Int64) {
        var schedule = SaltSchedule(
            salts: [salt(2, 1_800, 9_001), salt(1, 0, 3_600), salt(3, 19_000, 30_000)],
            reserve: .zero
        )
        // In order, as time goes on: the salt in use is kept until it is about to end.
        var last: Int64 = 0
        for passed in stride(from: 0, through: second, by: 100) { last = schedule.salt(at: .seconds(passed)) }
        last = schedule.salt(at: .seconds(second))
        #expect(last == value)
    }

    @Test func withoutAnySaltItIsZero() {
        var schedule = SaltSchedule(salts: [], reserve: .zero)
        let result1 = schedule.salt(at: .seconds(5))
        #expect(result1 == 0)
    }

    @Test func saltOfAComplaintReplacesThoseThatClaimToBeValid() {
        var schedule = SaltSchedule(salts: [salt(1, 0, 9_000), salt(2, 8_000, 20_000)], reserve: .zero)
        let result2 = schedule.adopt(7, at: .seconds(1_000))
        #expect(result2)
        let result3 = schedule.salt(at: .seconds(1_000))
        #expect(result3 == 7)
        #expect(schedule.salts.map(\.value) == [7, 2])
        let result4 = schedule.salt(at: .seconds(8_500))
        #expect(result4 == 2)
        let result5 = schedule.adopt(2, at: .seconds(8_500))
        #expect(!result5)
    }

    @Test func moreAreAskedForWithAnHourLeft() {
        var schedule = SaltSchedule(salts: [salt(1, 0, 10_000)], reserve: .seconds(3_600))
        #expect(schedule.deadline(at: now, serverTime: .seconds(400)) == .seconds(50 + 6_000))
        #expect(schedule.deadline(at: now, serverTime: .seconds(9_000)) == now.monotonic)
        schedule.asked(at: now)
        #expect(schedule.deadline(at: now, serverTime: .seconds(9_000)) == now.monotonic + .seconds(60))
        schedule.questionWasLost()
        #expect(schedule.deadline(at: now, serverTime: .seconds(9_000)) == now.monotonic)
    }

    @Test func announcedSaltsReplaceOldOnes() {
        var schedule = SaltSchedule(salts: [salt(1, 0, 1_000), salt(2, 500, 3_000)], reserve: .zero)
        let result6 = schedule.salt(at: .seconds(900))
        #expect(result6 == 2)
        let result7 = schedule.replace(
            with: [salt(3, 800, 4_000), salt(4, 3_000, 6_000)],
            at: now,
            serverTime: .seconds(1_100)
        )
        #expect(result7)
        #expect(schedule.salts.map(\.value) == [2, 3, 4])
        let result8 = schedule.salt(at: .seconds(1_100))
        #expect(result8 == 2)
        let result9 = schedule.replace(
            with: [salt(3, 800, 4_000), salt(4, 3_000, 6_000)],
            at: now,
            serverTime: .seconds(1_100)
        )
        #expect(!result9)
    }

    @Test func numberOfSaltsIsBounded() {
        var schedule = SaltSchedule(salts: (0..<500).map { salt($0, 0, 10_000) }, reserve: .zero)
        #expect(schedule.salts.count <= 65)
        _ = schedule.replace(with: (0..<500).map { salt($0, 0, 10_000) }, at: now, serverTime: .zero)
        #expect(schedule.salts.count <= 65)
    }
}
