#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What a system call failed with.
package struct ErrorNumber: Error, Sendable, Hashable, CustomStringConvertible {
    package let value: Int32

    package init(_ value: Int32) { self.value = value }

    /// The one of the call that this thread made last; to be read before anything else is called.
    package static var last: ErrorNumber { ErrorNumber(errno) }

    static var connectionRefused: ErrorNumber { ErrorNumber(ECONNREFUSED) }

    /// `Connection refused (errno 111)`.
    package var description: String {
        let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer -> String in
            guard let start = buffer.baseAddress, strerror_r(value, start, buffer.count) == 0 else {
                return "unknown error"
            }
            return String(cString: start)
        }
        return "\(text) (errno \(value))"
    }
}
