import Testing

@testable import Telegram

@Suite struct PeerCacheTests {
    private func row(_ id: Int64, _ usernames: String..., phone: String? = nil) -> StoredPeer {
        StoredPeer(id: .user(id), accessHash: 1, usernames: usernames, phone: phone, name: "N")
    }

    @Test func onlyWhatIsNewIsReported() {
        var cache = PeerCache(limit: 10)
        #expect(cache.insert(row(1, "ann")) == true)
        #expect(cache.insert(row(1, "ann")) == false)
        #expect(cache.insert(row(1, "ann", "bea")) == true)
    }

    @Test func nameBelongsToWhoeverCameWithItLast() {
        var cache = PeerCache(limit: 10)
        _ = cache.insert(row(1, "ann", phone: "39"))
        _ = cache.insert(row(2, "ann", phone: "39"))
        #expect(cache.id(username: "ann") == .user(2))
        #expect(cache.id(phone: "39") == .user(2))
        // It comes back: the row is the same as before, and yet it is news.
        #expect(cache.insert(row(1, "ann", phone: "39")) == true)
        #expect(cache.id(username: "ann") == .user(1))
    }

    @Test func namesThatWereGivenUpAreForgotten() {
        var cache = PeerCache(limit: 10)
        _ = cache.insert(row(1, "ann", "bea", phone: "39"))
        _ = cache.insert(row(1, "bea"))
        #expect(cache.id(username: "ann") == nil)
        #expect(cache.id(username: "bea") == .user(1))
        #expect(cache.id(phone: "39") == nil)
    }

    @Test func namesGoWithTheirRowUnlessTheyWentToSomebodyElse() {
        var cache = PeerCache(limit: 2)
        _ = cache.insert(row(1, "ann", "bea"))
        _ = cache.insert(row(2, "ann"))
        _ = cache.insert(row(3))
        #expect(cache.row(.user(1)) == nil)
        #expect(cache.id(username: "bea") == nil)
        #expect(cache.id(username: "ann") == .user(2))
        #expect(cache.count == 2)
    }

    @Test func removedNameLeavesTheRow() {
        var cache = PeerCache(limit: 2)
        _ = cache.insert(row(1, "ann", "bea"))
        #expect(cache.remove(username: "ann") == row(1, "bea"))
        #expect(cache.row(.user(1)) == row(1, "bea"))
        #expect(cache.remove(username: "ann") == nil)
    }
}
