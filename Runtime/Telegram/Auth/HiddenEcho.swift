import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A terminal that does not show what is typed, until it is told to.
///
/// A signal that ends or stops the program would leave it like that, so those signals wake the thread that reads. It
/// restores the terminal, and lets the signal do its work then. Only one terminal is hidden at a time.
struct HiddenEcho {
    private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP]

    private let terminal: Int32
    private let settings: termios
    private let actions: [(number: Int32, action: sigaction)]

    /// Hides what is typed; `nil` when it is no terminal.
    init?(_ terminal: Int32, _ alarm: TerminalAlarm) {
        var settings = termios()
        guard tcgetattr(terminal, &settings) == 0 else { return nil }
        self.terminal = terminal
        self.settings = settings
        // Before the terminal changes, so that no signal comes in between.
        signalDescriptor.store(alarm.writing, ordering: .sequentiallyConsistent)
        actions = Self.signals.map { number in
            var action = sigaction()
            sigaction(number, nil, &action)
            signal(number, noteSignal)
            return (number, action)
        }
        settings.c_lflag &= ~tcflag_t(ECHO)
        // What was typed before the question was not meant for it, and was shown.
        tcsetattr(terminal, TCSAFLUSH, &settings)
    }

    /// Makes everything as it was.
    func restore() {
        var settings = settings
        tcsetattr(terminal, TCSANOW, &settings)
        for (number, action) in actions {
            var action = action
            sigaction(number, &action, nil)
        }
        signalDescriptor.store(-1, ordering: .sequentiallyConsistent)
    }

    /// Lets a signal that was held back do what it does in this program. It has done it when this returns: sent to the
    /// process it would arrive at some time, on some thread, and the next question would hold it back again.
    static func pass(on number: Int32) {
        var set = sigset_t()
        var former = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, number)
        // Threads inherit what is blocked, and those of Dispatch block everything.
        pthread_sigmask(SIG_UNBLOCK, &set, &former)
        raise(number)
        pthread_sigmask(SIG_SETMASK, &former, nil)
    }
}

/// Where a signal is noted; -1 for nowhere. Global, because a handler knows nothing else.
private let signalDescriptor = Atomic<Int32>(-1)

/// May do only what is allowed in the handler of a signal: write.
private func noteSignal(_ number: Int32) {
    let error = errno
    let descriptor = signalDescriptor.load(ordering: .relaxed)
    var byte = UInt8(truncatingIfNeeded: number)
    if descriptor >= 0 { _ = write(descriptor, &byte, 1) }
    errno = error
}
