#if canImport(Darwin)
    import Darwin

    /// Waits for many descriptors at once, with kqueue. Level-triggered: who does not fetch all is told again, which is
    /// what makes bounded work per turn simple.
    ///
    /// Everything but ``wake()`` belongs to the loop's thread.
    final class Poller {
        private static let capacity = 256
        private static let wakeIdentifier: UInt = 0

        private let queue: Int32
        private let events: UnsafeMutablePointer<kevent>

        init() throws(MTProtoError) {
            queue = kqueue()
            guard queue >= 0 else {
                throw MTProtoError(.cannotConnect, "cannot create a kernel queue: \(ErrorNumber.last)")
            }
            // A kernel queue is not inherited by forked children, but it survives exec unless told otherwise.
            _ = fcntl(queue, F_SETFD, FD_CLOEXEC)
            events = .allocate(capacity: Self.capacity)
            // EV_CLEAR: a trigger is told once and resets itself.
            _ = apply(Self.event(Self.wakeIdentifier, EVFILT_USER, EV_ADD | EV_CLEAR, key: 0))
        }

        /// Changes what `descriptor` is waited for.
        func change(
            _ descriptor: Int32,
            key: UInt64,
            from old: Readiness,
            to new: Readiness
        ) throws(MTProtoError) {
            for (flag, filter) in [(Readiness.read, EVFILT_READ), (.write, EVFILT_WRITE)] {
                guard old.contains(flag) != new.contains(flag) else { continue }
                let action = new.contains(flag) ? EV_ADD : EV_DELETE
                guard apply(Self.event(UInt(descriptor), filter, action, key: key)) || action == EV_DELETE else {
                    throw MTProtoError(.connectionLost, "cannot watch a socket: \(ErrorNumber.last)")
                }
            }
        }

        /// Waits at most `timeout` nanoseconds (`nil`: for ever) and tells what has become ready. One descriptor may be
        /// told twice, once for reading and once for writing.
        func wait(timeout: Int64?, _ body: (UInt64, Readiness) -> Void) {
            var limit = timespec()
            if let timeout {
                limit = timespec(tv_sec: Int(timeout / 1_000_000_000), tv_nsec: Int(timeout % 1_000_000_000))
            }
            // Interrupted by a signal, it has waited enough: the caller looks at the clock and comes again.
            let count = withUnsafePointer(to: &limit) {
                Int(kevent(queue, nil, 0, events, Int32(Self.capacity), timeout == nil ? nil : $0))
            }
            guard count > 0 else { return }
            for index in 0..<count {
                let event = events[index]
                guard event.filter != Int16(EVFILT_USER) else { continue }
                body(
                    UInt64(UInt(bitPattern: event.udata)),
                    event.filter == Int16(EVFILT_READ) ? .read : .write
                )
            }
        }

        /// Ends the waiting; from any thread, as long as the poller is not closed.
        func wake() {
            var event = Self.event(Self.wakeIdentifier, EVFILT_USER, 0, key: 0)
            event.fflags = UInt32(NOTE_TRIGGER)
            _ = apply(event)
        }

        func close() {
            Darwin.close(queue)
            events.deallocate()
        }

        private static func event(_ identifier: UInt, _ filter: Int32, _ flags: Int32, key: UInt64) -> kevent {
            kevent(
                ident: identifier,
                filter: Int16(filter),
                flags: UInt16(flags),
                fflags: 0,
                data: 0,
                udata: UnsafeMutableRawPointer(bitPattern: UInt(key))
            )
        }

        /// Hands one change to the kernel, again when a signal came in between.
        private func apply(_ change: kevent) -> Bool {
            var change = change
            while kevent(queue, &change, 1, nil, 0, nil) != 0 {
                guard errno == EINTR else { return false }
            }
            return true
        }
    }
#endif
