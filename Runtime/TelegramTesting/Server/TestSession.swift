import MTProto
import MTProtoCrypto
public import TelegramAPI

/// A client's session with a ``TestServer``: what handlers are given to know who asks, and to send updates to.
///
/// A session belongs to a key and outlives connections. When the client comes back with another session identifier, as
/// it may at any time, that is another object; what belongs to the client itself is kept with its key: ``keyStorage``.
public final class TestSession: Sendable {
    private struct State {
        var ownerID: Int64?
        var layer: Int32?
        var clientInfo: TestClientInfo?
        var receivesUpdates = false
        var isConnected = false
        var isDestroyed = false
        var keyStorage: TestStorage
    }

    /// The identifier that the client has chosen.
    public let id: Int64
    /// The identifier of the key that its packets are encrypted with: a temporary one if the client uses such.
    public let encryptionKeyID: Int64
    /// The data centre that the client is connected to.
    public let dataCenterID: Int32
    /// Values that are kept with the session.
    public let storage = TestStorage()

    private let state: Locked<State>
    /// Pushes on their way to the server's thread, in the order in which they were made.
    private let outgoing = Locked<[[UInt8]]>([])
    private weak let core: ServerCore?

    init(
        id: Int64,
        encryptionKeyID: Int64,
        ownerID: Int64?,
        dataCenterID: Int32,
        keyStorage: TestStorage,
        core: ServerCore
    ) {
        self.id = id
        self.encryptionKeyID = encryptionKeyID
        self.dataCenterID = dataCenterID
        self.core = core
        state = Locked(State(ownerID: ownerID, keyStorage: keyStorage))
    }

    /// The identifier of the permanent key, by which the client is known: the same in all its sessions. A temporary key
    /// that is not bound yet stands for itself.
    public var authKeyID: Int64 { state.withLock { $0.ownerID } ?? encryptionKeyID }
    /// The layer that the client has announced for its key; `nil` until it has.
    public var layer: Int32? { state.withLock { $0.layer } }
    /// What the client has said about itself; `nil` until it has.
    public var clientInfo: TestClientInfo? { state.withLock { $0.clientInfo } }
    /// Values that are kept with the permanent key, and shared by all sessions of a client with this data centre.
    public var keyStorage: TestStorage { state.withLock { $0.keyStorage } }
    /// Whether a connection of the session stands.
    public var isConnected: Bool { state.withLock { $0.isConnected } }
    /// Whether updates for the client go to this session: it has made a request outside of `invokeWithoutUpdates`.
    public var receivesUpdates: Bool { state.withLock { $0.receivesUpdates } }
    /// Whether the server has forgotten the session.
    public var isDestroyed: Bool { state.withLock { $0.isDestroyed } }

    /// Sends updates to this session, now or when a connection stands again. After those that were pushed before.
    public func push(_ updates: TL.Updates) throws { push(bytes: try updates.encoded()) }

    /// Sends a message of the server's own accord, whatever it contains. A multiple of four bytes is expected.
    public func push(bytes: [UInt8]) {
        guard let core else { return }
        // Work that the loop gives itself comes before what other threads have given it earlier, so the order is kept
        // here.
        let isFirst = outgoing.withLock { outgoing in
            outgoing.append(bytes)
            return outgoing.count == 1
        }
        guard isFirst else { return }
        core.loop.execute { [self] in
            let all = outgoing.withLock { outgoing in
                defer { outgoing = [] }
                return outgoing
            }
            core.assumeIsolated { core in for bytes in all { core.push(bytes, to: self) } }
        }
    }

    // MARK: - The server's side

    func setOwner(_ id: Int64?, storage: TestStorage) {
        state.withLock { state in
            state.ownerID = id
            state.keyStorage = storage
        }
    }

    func announce(layer: Int32?, clientInfo: TestClientInfo?) {
        state.withLock { state in
            state.layer = layer ?? state.layer
            state.clientInfo = clientInfo ?? state.clientInfo
        }
    }

    func setReceivesUpdates() { state.withLock { $0.receivesUpdates = true } }
    func setConnected(_ isConnected: Bool) { state.withLock { $0.isConnected = isConnected } }

    func setDestroyed() {
        state.withLock { state in
            state.isConnected = false
            state.isDestroyed = true
        }
    }
}

extension TestSession: CustomStringConvertible {
    /// `session 7f3a of key 91c2 at dc 2`.
    public var description: String {
        let session = String(UInt64(bitPattern: id), radix: 16)
        let key = String(UInt64(bitPattern: authKeyID), radix: 16)
        return "session \(session) of key \(key) at dc \(dataCenterID)"
    }
}
