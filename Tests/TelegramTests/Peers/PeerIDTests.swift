import Telegram
import Testing

@Suite struct PeerIDTests {
    @Test(
        arguments: [
            (42, .user(42)), (0, .user(0)), (-5, .chat(5)), (-1_000_000_000_000, .chat(1_000_000_000_000)),
            (-1_000_000_000_001, .channel(1)), (-1_000_000_000_005, .channel(5)),
            (-1_002_147_483_648, .channel(2_147_483_648)), (Int64.max, .user(.max)),
        ] as [(Int64, PeerID)]
    )
    func markedNumberHasOneMeaning(marked: Int64, id: PeerID) {
        #expect(PeerID(marked: marked) == id)
        #expect(id.marked == marked)
    }

    @Test func extremeNumbersDoNotTrap() {
        #expect(PeerID(marked: .min).marked == .min)
    }
}
