import MTProto
import Testing

@Suite struct TemporaryKeyScheduleTests {
    private let schedule = TemporaryKeySchedule(expiresAt: .seconds(1_000_000), lifetime: .seconds(1000))

    @Test(arguments: [(0, false), (999_899, false), (999_900, true), (1_000_000, true)])
    func aKeyIsRenewedWhenATenthIsLeft(seconds: Int, expected: Bool) {
        #expect(schedule.needsRenewal(at: .seconds(seconds)) == expected)
    }

    @Test(arguments: [(0, true), (999_999, true), (1_000_000, false), (1_000_001, false)])
    func aKeyIsUsableUntilItEnds(seconds: Int, expected: Bool) {
        #expect(schedule.isUsable(at: .seconds(seconds)) == expected)
        do throws(MTProtoError) {
            try schedule.check(at: .seconds(seconds))
            #expect(expected)
        } catch {
            #expect(!expected && error.check == .temporaryKey)
        }
    }

    @Test func aKeyUsuallyLivesForADay() {
        let schedule = TemporaryKeySchedule(expiresAt: .seconds(86_400))
        #expect(schedule.renewsAt == .seconds(77_760))
    }
}
