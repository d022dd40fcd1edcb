import MTProto

/// Something that whoever comes waits for, until it is opened.
final class Latch: Sendable {
    private let state = StateBroadcast(false)

    func open() { state.send(true) }

    /// Returns when it is open, or when the task is cancelled.
    func wait() async {
        for await isOpen in state.subscribe() where isOpen { return }
    }
}
