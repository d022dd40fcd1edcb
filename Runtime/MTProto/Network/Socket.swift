#if canImport(Darwin)
    import Darwin
#else
    import Glibc
    #if canImport(CMTProtoLinux)
        import CMTProtoLinux
    #endif
#endif

/// The system calls for TCP, with their differences between systems. Descriptors are plain numbers here; who gets one
/// closes it.
package enum Socket {
    /// What a call on a socket that does not wait came to.
    package enum Outcome<Value> {
        case done(Value)
        /// It would have had to wait.
        case wouldBlock
        case failed(ErrorNumber)
    }

    /// A TCP socket that never waits and is not inherited by other programs.
    package static func make(_ family: SocketAddress.Family) throws(ErrorNumber) -> Int32 {
        #if canImport(Darwin)
            let descriptor = socket(family.number, SOCK_STREAM, 0)
            guard descriptor >= 0 else { throw .last }
            prepare(descriptor)
        #else
            let kind = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
            let descriptor = socket(family.number, Int32(kind), 0)
            guard descriptor >= 0 else { throw .last }
        #endif
        return descriptor
    }

    /// Takes a connection out of the queue of a listening socket.
    package static func accept(_ listener: Int32) -> Outcome<(descriptor: Int32, peer: SocketAddress)> {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let descriptor = withPointer(to: &storage) { pointer in
            #if canImport(CMTProtoLinux) && !canImport(Darwin)
                linux_accept4(
                    listener,
                    pointer,
                    &length,
                    Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
                )
            #else
                // A program that is started between this call and the next inherits the connection; there is no call
                // that does both.
                systemAccept(listener, pointer, &length)
            #endif
        }
        guard descriptor >= 0 else { return failure() }
        #if canImport(Darwin) || !canImport(CMTProtoLinux)
            prepare(descriptor)
        #endif
        guard let peer = withPointer(to: &storage, { SocketAddress($0, length: Int(length)) }) else {
            close(descriptor)
            return .failed(ErrorNumber(ECONNABORTED))
        }
        return .done((descriptor, peer))
    }

    /// Sets what every connection wants: small packets leave at once, and a peer that has vanished is noticed some day.
    package static func configure(_ descriptor: Int32) {
        setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        setOption(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
        #if canImport(Darwin)
            setOption(descriptor, SOL_SOCKET, SO_NOSIGPIPE, 1)
        #endif
    }

    /// Fails only for a wrong descriptor or an option that the system lacks, and then there is nothing to do about it.
    package static func setOption(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    package static func bind(_ descriptor: Int32, to address: SocketAddress) throws(ErrorNumber) {
        let error = address.withPointer { pointer, length -> ErrorNumber? in
            systemBind(descriptor, pointer, length) == 0 ? nil : .last
        }
        if let error { throw error }
    }

    package static func listen(_ descriptor: Int32, backlog: Int32 = SOMAXCONN) throws(ErrorNumber) {
        guard systemListen(descriptor, backlog) == 0 else { throw .last }
    }

    /// Begins to connect. The socket becomes writable when it is decided.
    package static func connect(_ descriptor: Int32, to address: SocketAddress) throws(ErrorNumber) {
        let error = address.withPointer { pointer, length -> ErrorNumber? in
            systemConnect(descriptor, pointer, length) == 0 ? nil : .last
        }
        // Interrupted by a signal it goes on in the background as well.
        if let error, error.value != EINPROGRESS, error.value != EINTR { throw error }
    }

    /// The error that has happened to a socket in the background; reading it resets it.
    package static func pendingError(_ descriptor: Int32) -> ErrorNumber? {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &value, &length) == 0 else { return .last }
        return value == 0 ? nil : ErrorNumber(value)
    }

    package static func localAddress(_ descriptor: Int32) -> SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withPointer(to: &storage) { pointer in
            getsockname(descriptor, pointer, &length) == 0 ? SocketAddress(pointer, length: Int(length)) : nil
        }
    }

    /// Reads what is there; 0 bytes mean that the peer sends no more.
    package static func receive(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Outcome<Int> {
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count >= 0 { return .done(count) }
            if errno != EINTR { return failure() }
        }
    }

    /// Sends as much as fits. A connection that is gone is an error, not a signal.
    package static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Outcome<Int> {
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        while true {
            let count = systemSend(descriptor, bytes.baseAddress, bytes.count, flags)
            if count >= 0 { return .done(count) }
            if errno != EINTR { return failure() }
        }
    }

    /// How many bytes the system has taken that the peer's has not confirmed; 0 if the system does not tell.
    package static func unconfirmedByteCount(_ descriptor: Int32) -> Int {
        var count: Int32 = 0
        #if canImport(Darwin)
            var length = socklen_t(MemoryLayout<Int32>.size)
            guard getsockopt(descriptor, SOL_SOCKET, SO_NWRITE, &count, &length) == 0 else { return 0 }
        #else
            guard ioctl(descriptor, UInt(TIOCOUTQ), &count) == 0 else { return 0 }
        #endif
        return Int(count)
    }

    /// Tells the peer that no more bytes will come.
    package static func finishWriting(_ descriptor: Int32) {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Lets the next ``close(_:)`` break the connection with a reset instead of ending it.
    package static func resetOnClose(_ descriptor: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    package static func close(_ descriptor: Int32) {
        // Not repeated when interrupted: the number is free by then, and may be somebody else's.
        systemClose(descriptor)
    }

    private static func failure<Value>() -> Outcome<Value> {
        let error = ErrorNumber.last
        let isTemporary = error.value == EAGAIN || error.value == EWOULDBLOCK
        return isTemporary ? .wouldBlock : .failed(error)
    }

    private static func prepare(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    private static func withPointer<Result>(
        to storage: inout sockaddr_storage,
        _ body: (UnsafeMutablePointer<sockaddr>) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0) }
        }
    }
}

// The system's functions under names that do not hide behind those above.
#if canImport(Darwin)
    private let systemAccept = Darwin.accept
    private let systemBind = Darwin.bind
    private let systemConnect = Darwin.connect
    private let systemSend = Darwin.send
    private let systemListen = Darwin.listen
    private func systemClose(_ descriptor: Int32) { Darwin.close(descriptor) }
#else
    private let systemAccept = Glibc.accept
    private let systemBind = Glibc.bind
    private let systemConnect = Glibc.connect
    private let systemSend = Glibc.send
    private let systemListen = Glibc.listen
    private func systemClose(_ descriptor: Int32) { Glibc.close(descriptor) }
#endif
