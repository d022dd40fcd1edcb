import MTProto

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Wakes a thread that waits for input: a pipe, into which another thread or the handler of a signal writes a byte.
final class TerminalAlarm: Sendable {
    private let reading: Int32
    /// Where signal handlers write the number of the signal.
    let writing: Int32

    init() throws {
        var descriptors: [Int32] = [-1, -1]
        guard pipe(&descriptors) == 0 else {
            throw SignInError(.inputEnded, "cannot wait for input, because no pipe can be made; close some files")
        }
        reading = descriptors[0]
        writing = descriptors[1]
        for descriptor in descriptors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    }

    deinit {
        close(reading)
        close(writing)
    }

    /// Wakes the thread for good: nobody waits for the answer any more.
    func ring() {
        var byte: UInt8 = 0
        _ = write(writing, &byte, 1)
    }

    /// Waits until there is input, or somebody rings: then it returns the byte that was written.
    func wait(for input: Int32) throws -> UInt8? {
        var descriptors = [
            pollfd(fd: reading, events: Int16(POLLIN), revents: 0),
            pollfd(fd: input, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let count = poll(&descriptors, 2, -1)
            // Whatever else is wrong, reading tells.
            guard count >= 0 || errno == EINTR else { return nil }
            guard count > 0 else { continue }
            guard descriptors[0].revents != 0 else { return nil }
            var byte: UInt8 = 0
            if read(reading, &byte, 1) == 1 { return byte }
        }
    }
}
