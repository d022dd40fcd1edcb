import MTProto
import MTProtoCrypto
import TelegramAPI

/// Any number of streams of the batches of updates that the server pushes.
///
/// A reader that is too slow finds `updatesTooLong` in place of the oldest batches: the server says the same when it
/// has dropped some, and what helps is the same.
final class UpdateBroadcast: Sendable {
    /// How many batches wait for a slow reader.
    static let bufferedCount = 1_000

    private struct Subscriber: Sendable {
        weak var stream: BoundedStream<TL.Updates>?
    }

    private let subscribers = Locked<[Subscriber]>([])

    func send(_ updates: TL.Updates) {
        let streams = subscribers.withLock { subscribers in
            subscribers.removeAll { $0.stream == nil }
            return subscribers.compactMap(\.stream)
        }
        for stream in streams { stream.send(updates) }
    }

    /// The batches from now on, until ``finish()``. For one reader.
    func subscribe() -> AsyncStream<TL.Updates> {
        let stream = BoundedStream<TL.Updates>(maximumCount: Self.bufferedCount) { _ in .updatesTooLong }
        subscribers.withLock { subscribers in
            subscribers.removeAll { $0.stream == nil }
            subscribers.append(Subscriber(stream: stream))
        }
        let reader = Reader(stream)
        return AsyncStream { await reader.next() }
    }

    /// Ends all streams.
    func finish() {
        let streams = subscribers.withLock { subscribers in
            defer { subscribers = [] }
            return subscribers.compactMap(\.stream)
        }
        for stream in streams { stream.finish() }
    }

    var subscriberCount: Int { subscribers.withLock { $0.count { $0.stream != nil } } }
}

/// Hands out one batch at a time.
private actor Reader {
    private let stream: BoundedStream<TL.Updates>
    private var batch: [TL.Updates] = []
    private var index = 0

    init(_ stream: BoundedStream<TL.Updates>) { self.stream = stream }

    func next() async -> TL.Updates? {
        if index == batch.count {
            batch = await stream.nextBatch()
            index = 0
            if batch.isEmpty { return nil }
        }
        defer { index += 1 }
        return batch[index]
    }
}
