import MTProto
import MTProtoCrypto
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Real sockets and threads. One test at a time, because some count the descriptors of the process.
@Suite(.serialized, .timeLimit(.minutes(10)))
enum NetworkTests {}

/// A value that comes once, from any thread.
final class Promise<Value: Sendable>: Sendable {
    private enum State {
        case open([CheckedContinuation<Value, Never>])
        case kept(Value)
    }

    private let state = Locked(State.open([]))

    func keep(_ value: Value) {
        let waiting = state.withLock { state -> [CheckedContinuation<Value, Never>] in
            guard case .open(let waiting) = state else { return [] }
            state = .kept(value)
            return waiting
        }
        for waiter in waiting { waiter.resume(returning: value) }
    }

    var value: Value {
        get async {
            await withCheckedContinuation { waiter in
                let value = state.withLock { state -> Value? in
                    switch state {
                    case .kept(let value): return value
                    case .open(let waiting):
                        state = .open(waiting + [waiter])
                        return nil
                    }
                }
                if let value { waiter.resume(returning: value) }
            }
        }
    }
}

/// Blocks threads until it is opened.
final class Gate: @unchecked Sendable {
    // POSIX allows both to be used from any thread; they are set up before and torn down after all use.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var isOpen = false

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func wait() {
        pthread_mutex_lock(mutex)
        while !isOpen { pthread_cond_wait(condition, mutex) }
        pthread_mutex_unlock(mutex)
    }

    func open() {
        pthread_mutex_lock(mutex)
        isOpen = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }
}

/// What handlers have seen, in order.
final class Record<Element: Sendable>: Sendable {
    private let elements = Locked<[Element]>([])

    func append(_ element: Element) { elements.withLock { $0.append(element) } }
    var all: [Element] { elements.withLock { $0 } }
}

extension EventLoop {
    /// Runs something on the loop's thread and waits for it.
    func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            execute { continuation.resume(returning: body()) }
        }
    }
}

/// Lends loops that are gone afterwards.
func withLoops<Value>(
    _ threads: Int = 1,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (EventLoopGroup) async throws -> Value
) async throws -> Value {
    let group = EventLoopGroup(threads: threads)
    do {
        let value = try await body(group)
        await group.shutDown()
        return value
    } catch {
        await group.shutDown()
        throw error
    }
}

/// Two ends of a connection, neither of them started.
struct ChannelPair {
    let client: SocketChannel
    let server: SocketChannel
    let listener: SocketListener

    static func make(_ group: EventLoopGroup, host: String = "127.0.0.1") async throws -> ChannelPair {
        let accepted = Promise<SocketChannel>()
        let listener = try SocketListener.bind(host: host, loops: group) { accepted.keep($0) }
        let client = try await Connector.connect(
            to: Endpoint(host: host, port: listener.port),
            loop: group.next()
        )
        return ChannelPair(client: client, server: await accepted.value, listener: listener)
    }
}

/// A socket that listens and never accepts, with a queue so full that whoever connects waits for an answer.
struct SilentServer: Sendable {
    let endpoint: Endpoint
    private let descriptors: [Int32]

    init() throws {
        var descriptors: [Int32] = []
        let listener = try Socket.make(.ipv4)
        descriptors.append(listener)
        let any = try #require(SocketAddress(host: "127.0.0.1", port: 0))
        try Socket.bind(listener, to: any)
        try Socket.listen(listener, backlog: 0)
        let address = try #require(Socket.localAddress(listener))
        endpoint = Endpoint(host: address.host, port: address.port)
        for _ in 0..<8 {
            let filler = try Socket.make(.ipv4)
            descriptors.append(filler)
            try Socket.connect(filler, to: address)
        }
        self.descriptors = descriptors
    }

    func close() { for descriptor in descriptors { Socket.close(descriptor) } }
}

/// A port that nobody listens on. One that was just given back might be another test's by now.
let deadEndpoint = Endpoint(host: "127.0.0.1", port: 1)

/// How many descriptors the process has open.
func openDescriptorCount() -> Int {
    (0..<20_000).count { fcntl(Int32($0), F_GETFD) >= 0 }
}

/// Bytes that show where they belong.
func pattern(_ count: Int, seed: Int = 0) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: ($0 &+ seed) &* 2_654_435_761 >> 13) }
}

struct MissingError: Error {}

/// The error that an operation throws.
func errorOf<Value>(
    isolation: isolated (any Actor)? = #isolation,
    _ operation: () async throws -> Value
) async throws -> any Error {
    do { _ = try await operation() } catch { return error }
    throw MissingError()
}
