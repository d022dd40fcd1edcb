/// Something for a loop to run: a closure, or a piece of an actor.
package enum LoopJob: Sendable {
    case closure(@Sendable () -> Void)
    case executor(UnownedJob)
}

/// Jobs in the order in which they came.
package struct LoopJobQueue: Sendable {
    private var jobs: [LoopJob?] = []
    private var head = 0

    package init() {}

    package var isEmpty: Bool { head == jobs.count }
    package var count: Int { jobs.count - head }

    package mutating func append(_ job: LoopJob) { jobs.append(job) }

    /// Takes over all jobs of `other`, which is left empty, with memory for the next ones.
    package mutating func takeAll(from other: inout LoopJobQueue) {
        guard !other.isEmpty else { return }
        if isEmpty {
            reset()
            swap(&self, &other)
        } else {
            while let job = other.popFirst() { jobs.append(job) }
        }
    }

    package mutating func popFirst() -> LoopJob? {
        guard head < jobs.count else { return nil }
        let job = jobs[head].take()
        head += 1
        if head == jobs.count {
            reset()
        } else if head >= 1024, head * 2 >= jobs.count {
            jobs.removeFirst(head)
            head = 0
        }
        return job
    }

    private mutating func reset() {
        // After a rush the memory is given back.
        jobs.removeAll(keepingCapacity: jobs.capacity <= 4096)
        head = 0
    }
}
