extension EventLoop: SerialExecutor {
    package func enqueue(_ job: consuming ExecutorJob) { push(.executor(UnownedJob(job))) }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    /// Lets `assumeIsolated` of the loop's actors succeed where no job runs but the thread is right: in the handlers of
    /// sockets and timers.
    package func checkIsolated() { preconditionCurrent() }

    /// The same question, asked by newer runtimes in a way that can be answered with no.
    package func isIsolatingCurrentContext() -> Bool? { isCurrent }
}
