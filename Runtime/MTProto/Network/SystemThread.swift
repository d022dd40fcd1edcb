#if canImport(Darwin)
    import Darwin
#else
    import Glibc
    #if canImport(CMTProtoLinux)
        import CMTProtoLinux
    #endif
#endif

/// A thread of the operating system, which is either joined or detached, once.
package struct SystemThread: Sendable {
    /// `pthread_t`, which is a number on one system and a pointer on the other.
    private let identity: UInt

    /// The number of the calling thread; never 0. It may be given again after the thread has ended.
    package static var currentIdentity: UInt { identity(of: pthread_self()) }

    /// Starts a thread. The name shows in debuggers; Linux cuts it after 15 bytes.
    package init(name: String, _ body: @escaping @Sendable () -> Void) throws(MTProtoError) {
        let start = Unmanaged.passRetained(ThreadStart(name: name, body: body))
        #if canImport(Darwin)
            var created: pthread_t?
        #else
            var created = pthread_t()
        #endif
        // Not made with `pthread_attr_t()`: OpenSSL's headers include the same declaration, and which module's
        // initializer that would be depends on what the compiler has met first.
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        pthread_attr_init(attributes)
        defer {
            pthread_attr_destroy(attributes)
            attributes.deallocate()
        }
        // Half a megabyte, as Darwin has it, is little for nested values.
        pthread_attr_setstacksize(attributes, 4 << 20)
        let failure = pthread_create(&created, attributes, threadMain, start.toOpaque())
        guard failure == 0 else {
            start.release()
            throw MTProtoError(.cannotConnect, "cannot start thread '\(name)': \(ErrorNumber(failure))")
        }
        #if canImport(Darwin)
            // Written by the call that has just succeeded.
            identity = created.map(Self.identity(of:)) ?? 0
        #else
            identity = Self.identity(of: created)
        #endif
    }

    /// Blocks until the thread has ended.
    package func join() {
        guard let thread else { return }
        pthread_join(thread, nil)
    }

    /// Lets the system clean up when the thread ends.
    package func detach() {
        guard let thread else { return }
        pthread_detach(thread)
    }

    #if canImport(Darwin)
        private static func identity(of thread: pthread_t) -> UInt { UInt(bitPattern: thread) }
        private var thread: pthread_t? { pthread_t(bitPattern: identity) }
    #else
        private static func identity(of thread: pthread_t) -> UInt { UInt(thread) }
        private var thread: pthread_t? { pthread_t(identity) }
    #endif
}

/// Carries the closure through the C interface.
private final class ThreadStart: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }

    func run() {
        #if canImport(Darwin)
            pthread_setname_np(name)
        #elseif canImport(CMTProtoLinux)
            linux_pthread_setname_np(pthread_self(), String(name.prefix(15)))
        #endif
        body()
    }
}

#if canImport(Darwin)
    private func threadMain(_ start: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<ThreadStart>.fromOpaque(start).takeRetainedValue().run()
        return nil
    }
#else
    private func threadMain(_ start: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let start { Unmanaged<ThreadStart>.fromOpaque(start).takeRetainedValue().run() }
        return nil
    }
#endif
