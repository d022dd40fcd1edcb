import MTProto
import Telegram
import Testing

struct BorrowLedgerTests {
    private let key = ConnectionKey(dataCenter: 4, role: .ordinary)

    private func reading(_ seconds: Int) -> TimeReading {
        TimeReading(wall: .zero, monotonic: .seconds(seconds))
    }

    @Test func connectionIsIdleAMinuteAfterItsLastUser() {
        var ledger = BorrowLedger()
        ledger.borrow(key)
        ledger.borrow(key)
        ledger.giveBack(key, at: reading(10))
        #expect(ledger.nextDeadline == nil)
        #expect(ledger.takeIdle(at: reading(1_000)).isEmpty)
        ledger.giveBack(key, at: reading(20))
        #expect(ledger.nextDeadline == .seconds(80))
        #expect(ledger.takeIdle(at: reading(79)).isEmpty)
        #expect(ledger.takeIdle(at: reading(80)) == [key])
        #expect(ledger.takeIdle(at: reading(80)).isEmpty)
    }

    @Test func connectionThatIsBorrowedAgainStays() {
        var ledger = BorrowLedger()
        ledger.borrow(key)
        ledger.giveBack(key, at: reading(0))
        ledger.borrow(key)
        #expect(ledger.takeIdle(at: reading(1_000)).isEmpty)
        #expect(ledger.count(of: key) == 1)
    }

    @Test func givingBackWhatNobodyHasDoesNothing() {
        var ledger = BorrowLedger()
        ledger.giveBack(key, at: reading(0))
        #expect(ledger.nextDeadline == nil)
    }
}
