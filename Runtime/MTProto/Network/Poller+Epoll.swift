#if canImport(CMTProtoLinux) && !canImport(Darwin)
    import CMTProtoLinux
    import Glibc

    /// Waits for many descriptors at once, with epoll. Level-triggered: who does not fetch all is told again, which is
    /// what makes bounded work per turn simple.
    ///
    /// Everything but ``wake()`` belongs to the loop's thread.
    final class Poller {
        private static let capacity = 256
        private static let wakeKey = UInt64.max

        private let epoll: Int32
        private let wakeUp: Int32
        private let events: UnsafeMutablePointer<linux_epoll_event>

        init() throws(MTProtoError) {
            epoll = linux_epoll_create1(O_CLOEXEC)
            guard epoll >= 0 else {
                throw MTProtoError(.cannotConnect, "cannot create an epoll descriptor: \(ErrorNumber.last)")
            }
            wakeUp = linux_eventfd(0, O_CLOEXEC | O_NONBLOCK)
            guard wakeUp >= 0 else {
                let error = ErrorNumber.last
                Glibc.close(epoll)
                throw MTProtoError(.cannotConnect, "cannot create an event descriptor: \(error)")
            }
            events = .allocate(capacity: Self.capacity)
            // Edge-triggered: each write is told once, so nobody has to read the counter back.
            var event = linux_epoll_event()
            event.events = LINUX_EPOLLIN | LINUX_EPOLLET
            event.key = Self.wakeKey
            linux_epoll_ctl(epoll, LINUX_EPOLL_CTL_ADD, wakeUp, &event)
        }

        /// Changes what `descriptor` is waited for. Without any interest it leaves epoll altogether, because epoll
        /// reports hang-ups even to those who asked for nothing, over and over.
        func change(
            _ descriptor: Int32,
            key: UInt64,
            from old: Readiness,
            to new: Readiness
        ) throws(MTProtoError) {
            guard old != new else { return }
            var event = linux_epoll_event()
            if new.contains(.read) { event.events |= LINUX_EPOLLIN }
            if new.contains(.write) { event.events |= LINUX_EPOLLOUT }
            event.key = key
            let operation = old.isEmpty ? LINUX_EPOLL_CTL_ADD : new.isEmpty ? LINUX_EPOLL_CTL_DEL : LINUX_EPOLL_CTL_MOD
            guard linux_epoll_ctl(epoll, operation, descriptor, &event) == 0 || new.isEmpty else {
                throw MTProtoError(.connectionLost, "cannot watch a socket: \(ErrorNumber.last)")
            }
        }

        /// Waits at most `timeout` nanoseconds (`nil`: for ever) and tells what has become ready.
        func wait(timeout: Int64?, _ body: (UInt64, Readiness) -> Void) {
            var milliseconds: Int32 = -1
            if let timeout {
                // Rounded up: a timer must not find itself awake too early, and wait for nothing again.
                milliseconds = Int32(clamping: timeout / 1_000_000 + (timeout % 1_000_000 > 0 ? 1 : 0))
            }
            // Interrupted by a signal, it has waited enough: the caller looks at the clock and comes again.
            let count = Int(linux_epoll_wait(epoll, events, Int32(Self.capacity), milliseconds))
            guard count > 0 else { return }
            for index in 0..<count {
                let event = events[index]
                guard event.key != Self.wakeKey else { continue }
                var ready = Readiness()
                let failed = LINUX_EPOLLERR | LINUX_EPOLLHUP
                if event.events & (LINUX_EPOLLIN | failed) != 0 { ready.insert(.read) }
                if event.events & (LINUX_EPOLLOUT | failed) != 0 { ready.insert(.write) }
                body(event.key, ready)
            }
        }

        /// Ends the waiting; from any thread, as long as the poller is not closed.
        func wake() {
            var one: UInt64 = 1
            // The counter cannot overflow in the life of a process, and nothing else can fail.
            _ = write(wakeUp, &one, MemoryLayout<UInt64>.size)
        }

        func close() {
            Glibc.close(epoll)
            Glibc.close(wakeUp)
            events.deallocate()
        }
    }
#endif
