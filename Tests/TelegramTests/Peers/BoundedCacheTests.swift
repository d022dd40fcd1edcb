import Testing

@testable import Telegram

@Suite struct BoundedCacheTests {
    @Test func whatWasNotUsedForTheLongestTimeIsForgotten() {
        var cache = BoundedCache<Int, String>(limit: 3)
        for key in 1...3 { cache.insert("\(key)", for: key) }
        #expect(cache.value(1) == "1")
        #expect(cache.insert("4", for: 4) == "2")
        #expect([1, 2, 3, 4].map { cache.peek($0) } == ["1", nil, "3", "4"])
        #expect(cache.count == 3)
    }

    @Test func lookingWithPeekIsNoUse() {
        var cache = BoundedCache<Int, Int>(limit: 2)
        cache.insert(1, for: 1)
        cache.insert(2, for: 2)
        #expect(cache.peek(1) == 1)
        #expect(cache.insert(3, for: 3) == 1)
    }

    @Test func replacingIsAUseAndForgetsNothing() {
        var cache = BoundedCache<Int, Int>(limit: 2)
        cache.insert(1, for: 1)
        cache.insert(2, for: 2)
        #expect(cache.insert(10, for: 1) == nil)
        #expect(cache.insert(3, for: 3) == 2)
        #expect(cache.peek(1) == 10)
    }

    @Test func placesOfRemovedEntriesAreUsedAgain() {
        var cache = BoundedCache<Int, Int>(limit: 2)
        cache.insert(1, for: 1)
        cache.insert(2, for: 2)
        #expect(cache.remove(1) == 1)
        #expect(cache.remove(1) == nil)
        cache.insert(3, for: 3)
        #expect(cache.insert(4, for: 4) == 2)
        #expect(cache.count == 2)
    }

    /// Against a plain list in the order of use.
    @Test func behavesLikeAListInOrderOfUse() {
        var random = SystemRandomNumberGenerator()
        var cache = BoundedCache<Int, Int>(limit: 8)
        var model: [(key: Int, value: Int)] = []
        for step in 0..<5_000 {
            let key = Int.random(in: 0..<16, using: &random)
            let position = model.firstIndex { $0.key == key }
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let removed = position.map { model.remove(at: $0).value }
                #expect(cache.remove(key) == removed)
            case 1:
                let entry = position.map { model.remove(at: $0) }
                if let entry { model.append(entry) }
                #expect(cache.value(key) == entry?.value)
            default:
                if let position { model.remove(at: position) }
                let forgotten = model.count == 8 ? model.removeFirst().value : nil
                model.append((key, step))
                #expect(cache.insert(step, for: key) == forgotten)
            }
            #expect(cache.count == model.count)
        }
        #expect(model.allSatisfy { cache.peek($0.key) == $0.value })
    }
}
