import MTProtoCrypto
public import TelegramAPI

extension TelegramClient {
    /// Every batch of updates that the server pushes, decoded, in the order in which they came; each call makes a
    /// stream of its own for one reader. It ends with ``disconnect()``, and when the connection is given up:
    /// ``waitUntilDisconnected()`` tells which of them it was, and after the next ``connect()`` it takes a new stream.
    ///
    /// `updatesTooLong` stands wherever batches are missing: after a reconnection, when the server says so, when one
    /// could not be read, and when the reader is more than a thousand of them behind.
    public func rawUpdates() -> AsyncStream<TL.Updates> { core.rawUpdates.subscribe() }

    /// How many batches of updates could not be read, because the server speaks of something this layer does not know.
    package var unreadableUpdateCount: Int { core.status.withLock { $0.unreadableUpdateCount } }
}
