import MTProtoCrypto
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A thread that waits for sockets, timers and jobs, and runs what they call for; as the executor of actors it runs
/// them too. A turn of the loop: events of sockets, due timers, jobs, calls for the end of the turn.
///
/// `@unchecked Sendable`: what other threads may touch is `inbox` and `thread` (locked), `threadIdentity` and
/// `wakersUnderWay` (atomics), constants, and `poller.wake()`, which the thread waits for before it closes the poller.
/// Everything else is touched only on
/// the loop's thread; every method that does so checks it. When the thread has ended, a successor runs late jobs; the
/// lock orders the two, so that there is never more than one.
package final class EventLoop: @unchecked Sendable {
    /// The largest number of jobs in one turn, so that actors that keep each other busy cannot starve the sockets.
    private static let jobsPerTurn = 256
    /// How many rounds of calls an end of a turn may have, when such calls ask for more of them.
    private static let roundsPerEnd = 8
    /// How many turns the jobs that are left at shutdown may take before the thread goes.
    private static let turnsAtShutdown = 1_000
    /// The longest wait while a timer is set, in nanoseconds. The systems do not count the time that the machine sleeps
    /// as waiting, and the timers do: this is how late they can be after it.
    private static let longestWait: Int64 = 5_000_000_000
    /// The size of the buffer that all sockets of the loop are read into. Its pages cost nothing until they are used.
    private static let readBufferSize = 256 << 10

    private enum Phase {
        /// In a turn, or about to be: nobody needs to wake it.
        case awake
        case waiting
        /// The thread has ended, and nothing waits.
        case stopped
        /// The thread has ended, and a successor runs late jobs.
        case draining
    }

    private struct Inbox {
        var jobs = LoopJobQueue()
        var phase = Phase.awake
        var isStopRequested = false
        /// Told when the thread has done its work.
        var stopWaiters: [CheckedContinuation<Void, Never>] = []
    }

    private struct Source {
        weak var handler: (any EventHandler)?
        let descriptor: Int32
        var interest: Readiness
    }

    package let name: String
    private let inbox = Locked(Inbox())
    private let threadIdentity = Atomic<UInt>(0)
    /// Threads between their decision to wake the loop and the end of the call that does it.
    private let wakersUnderWay = Atomic<Int>(0)
    private let thread = Locked<SystemThread?>(nil)

    private let poller: Poller
    private var jobs = LoopJobQueue()
    private var timers = TimerHeap()
    private var endOfTick: [@Sendable () -> Void] = []
    private var sources: [UInt64: Source] = [:]
    private var nextKey: UInt64 = 0
    private var isStopping = false
    private var acceptsSources = true
    private var isPollerOpen = true
    private let sharedBuffer: UnsafeMutableRawBufferPointer

    /// Creates the loop and starts its thread, which lives until `stop()`.
    init(name: String) throws(MTProtoError) {
        self.name = name
        poller = try Poller()
        sharedBuffer = .allocate(byteCount: Self.readBufferSize, alignment: 16)
        do {
            let started = try SystemThread(name: name) { [self] in run() }
            thread.withLock { $0 = started }
        } catch {
            poller.close()
            throw error
        }
    }

    deinit { sharedBuffer.deallocate() }
}

// MARK: - From any thread

extension EventLoop {
    /// Whether the caller is on the loop's thread.
    package var isCurrent: Bool { threadIdentity.load(ordering: .relaxed) == SystemThread.currentIdentity }

    /// Stops the process when the caller is not on the loop's thread.
    package func preconditionCurrent() {
        precondition(isCurrent, "this may only be called on the thread of its event loop")
    }

    /// Runs `body` on the loop's thread, in the order of the calls of one thread, and never before this returns.
    package func execute(_ body: @escaping @Sendable () -> Void) { push(.closure(body)) }

    func push(_ job: LoopJob) {
        if isCurrent {
            jobs.append(job)
            return
        }
        let mustWake = inbox.withLock { inbox in
            inbox.jobs.append(job)
            switch inbox.phase {
            case .awake, .draining: break
            case .waiting: return beginWake(&inbox)
            case .stopped:
                // Without a thread there is nobody left to run it, and a task that is never run is never over.
                guard let successor = try? SystemThread(name: name, { [self] in drain() }) else { break }
                successor.detach()
                inbox.phase = .draining
            }
            return false
        }
        if mustWake { finishWake() }
    }

    /// The first of those who find the loop waiting wakes it, and the others need not.
    private func beginWake(_ inbox: inout Inbox) -> Bool {
        guard inbox.phase == .waiting else { return false }
        inbox.phase = .awake
        wakersUnderWay.add(1, ordering: .relaxed)
        return true
    }

    /// Not under the lock: the thread that wakes up asks for it at once, and would go back to sleep.
    private func finishWake() {
        poller.wake()
        wakersUnderWay.subtract(1, ordering: .releasing)
    }

    /// Asks the thread to end. Sources hear of it; the jobs that wait are run first.
    func stop() {
        let mustWake = inbox.withLock { inbox in
            inbox.isStopRequested = true
            return beginWake(&inbox)
        }
        if mustWake { finishWake() }
    }

    /// Waits until the thread has ended and its descriptors are closed.
    func join() async {
        await withCheckedContinuation { continuation in
            let isOver = inbox.withLock { inbox in
                guard inbox.phase == .awake || inbox.phase == .waiting else { return true }
                inbox.stopWaiters.append(continuation)
                return false
            }
            if isOver { continuation.resume() }
        }
        // The thread has nothing left to do but return, so this hardly blocks.
        let ended = thread.withLock { $0.take() }
        ended?.join()
    }

    /// Lets the thread end on its own after `stop()`, for owners that cannot wait.
    func detach() {
        let abandoned = thread.withLock { $0.take() }
        abandoned?.detach()
    }
}

// MARK: - On the loop's thread

extension EventLoop {
    /// Calls `body` once, on the loop's thread, after at least `duration`; in a later round even if that is zero.
    package func schedule(after duration: Duration, _ body: @escaping @Sendable () -> Void) -> LoopTimer {
        preconditionCurrent()
        return LoopTimer(loop: self, id: timers.insert(deadline: MonotonicClock.deadline(after: duration), body))
    }

    func cancelTimer(_ id: UInt64) {
        preconditionCurrent()
        timers.cancel(id)
    }

    /// Calls `body` once, after all events and jobs of this turn and before the loop waits: the moment to send what the
    /// turn has brought up. Such a call may ask for another one, which comes right after those that are waiting.
    package func atEndOfTick(_ body: @escaping @Sendable () -> Void) {
        preconditionCurrent()
        endOfTick.append(body)
    }

    /// Makes a descriptor known, without waiting for anything yet. The handler is not kept alive: it has to deregister
    /// before it closes the descriptor, and its owner has to hold it.
    func register(_ descriptor: Int32, _ handler: any EventHandler) throws(MTProtoError) -> UInt64 {
        preconditionCurrent()
        guard acceptsSources else { throw Self.stoppedError }
        let key = nextKey
        nextKey += 1
        sources[key] = Source(handler: handler, descriptor: descriptor, interest: [])
        return key
    }

    /// Changes what a registered descriptor is waited for.
    func setInterest(_ interest: Readiness, for key: UInt64) throws(MTProtoError) {
        preconditionCurrent()
        guard isPollerOpen, let source = sources[key] else { throw Self.stoppedError }
        try poller.change(source.descriptor, key: key, from: source.interest, to: interest)
        sources[key]?.interest = interest
    }

    /// Forgets a descriptor. Closing it alone is not enough: a forked child may hold a copy, and then events go on.
    func deregister(_ key: UInt64) {
        preconditionCurrent()
        guard let source = sources.removeValue(forKey: key), isPollerOpen, !source.interest.isEmpty else { return }
        // Removing does not fail in a way that matters: the descriptor is closed next.
        try? poller.change(source.descriptor, key: key, from: source.interest, to: [])
    }

    /// The buffer that all sockets of the loop are read into, one at a time.
    var readBuffer: UnsafeMutableRawBufferPointer {
        preconditionCurrent()
        return sharedBuffer
    }

    static var stoppedError: MTProtoError { MTProtoError(.notConnected, "the event loop was shut down") }
}

// MARK: - The turns

extension EventLoop {
    private func run() {
        threadIdentity.store(SystemThread.currentIdentity, ordering: .relaxed)
        while !isStopping { turn() }
        acceptsSources = false
        for source in sources.values { source.handler?.loopStopped() }
        timers.removeAll()
        for _ in 0..<Self.turnsAtShutdown where hasWork { turn() }
        end()
    }

    private var hasWork: Bool { !jobs.isEmpty || !endOfTick.isEmpty || inbox.withLock { !$0.jobs.isEmpty } }

    private func turn() {
        poller.wait(timeout: timeToWait()) { key, readiness in
            // The key is unknown when an earlier event of the same turn closed this descriptor; the number of the
            // descriptor may stand for something else already.
            guard let handler = sources[key]?.handler else { return }
            handler.ready(readiness)
        }
        collectJobs()
        fireTimers()
        runJobs()
        runEndOfTick()
    }

    /// How long the loop may wait: zero when something is left to do, `nil` when nothing is in sight.
    private func timeToWait() -> Int64? {
        guard jobs.isEmpty, endOfTick.isEmpty else { return 0 }
        let mayWait = inbox.withLock { inbox in
            guard inbox.jobs.isEmpty, !inbox.isStopRequested else { return false }
            inbox.phase = .waiting
            return true
        }
        guard mayWait else { return 0 }
        guard let deadline = timers.nextDeadline() else { return nil }
        return Self.wait(until: deadline, from: MonotonicClock.nanoseconds())
    }

    /// How many nanoseconds to wait at once for a timer.
    package static func wait(until deadline: Int64, from now: Int64) -> Int64 {
        min(max(0, deadline - now), longestWait)
    }

    private func collectJobs() {
        inbox.withLock { inbox in
            if inbox.phase == .waiting { inbox.phase = .awake }
            isStopping = inbox.isStopRequested
            jobs.takeAll(from: &inbox.jobs)
        }
    }

    private func fireTimers() {
        guard timers.nextDeadline() != nil else { return }
        let now = MonotonicClock.nanoseconds()
        let limit = timers.nextID
        while let body = timers.popDue(at: now, before: limit) { body() }
    }

    private func runJobs() {
        for _ in 0..<Self.jobsPerTurn {
            guard let job = jobs.popFirst() else { return }
            switch job {
            case .closure(let body): body()
            case .executor(let job): job.runSynchronously(on: asUnownedSerialExecutor())
            }
        }
    }

    private func runEndOfTick() {
        for _ in 0..<Self.roundsPerEnd {
            guard !endOfTick.isEmpty else { return }
            var calls: [@Sendable () -> Void] = []
            swap(&calls, &endOfTick)
            for call in calls { call() }
            // Mostly nothing was added, and the memory can serve the next turn.
            if endOfTick.isEmpty {
                calls.removeAll(keepingCapacity: true)
                swap(&calls, &endOfTick)
            }
        }
    }

    private func end() {
        sources.removeAll()
        isPollerOpen = false
        // The thread never waits again, so no waker begins any more, but one may still hold the descriptor's number.
        while wakersUnderWay.load(ordering: .acquiring) > 0 { sched_yield() }
        poller.close()
        leaveThread { inbox in
            let waiters = inbox.stopWaiters
            inbox.stopWaiters = []
            return waiters
        }
    }

    /// The life of a successor: jobs that came after the end.
    private func drain() {
        threadIdentity.store(SystemThread.currentIdentity, ordering: .relaxed)
        leaveThread { _ in [] }
    }

    /// Runs what is left, and goes when nothing is.
    private func leaveThread(_ finish: (inout Inbox) -> [CheckedContinuation<Void, Never>]) {
        while true {
            collectJobs()
            timers.removeAll()
            runJobs()
            runEndOfTick()
            guard jobs.isEmpty, endOfTick.isEmpty else { continue }
            let waiters: [CheckedContinuation<Void, Never>]? = inbox.withLock { inbox in
                guard inbox.jobs.isEmpty else { return nil }
                // Before the phase changes: afterwards a successor may write here.
                threadIdentity.store(0, ordering: .relaxed)
                inbox.phase = .stopped
                return finish(&inbox)
            }
            guard let waiters else { continue }
            for waiter in waiters { waiter.resume() }
            return
        }
    }
}
