internal import MTProto

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// An open session file and the lock on it, which ends with the object. All calls may block.
///
/// The lock is on the file itself. A file that takes the place of another one is locked before it does, and who gets a
/// lock looks whether the file still has its name: so at any time there is one lock, and no second file is left behind.
final class SessionFile: Sendable {
    private let descriptor: Int32
    /// The real path, without links, so that the file can be replaced wherever the process goes.
    let path: String

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        // Closing is not enough: between fork and exec a child that is being started has the descriptor, too.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    // MARK: - Opening

    /// Opens and locks a file; `nil` when there is none and it shall not be created.
    static func open(_ path: String, creating: Bool = true) throws(SessionError) -> SessionFile? {
        // Somebody may replace or remove it between the two steps, but hardly ever several times in a row.
        for _ in 0..<100 {
            let flags = O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | (creating ? O_CREAT : 0)
            let descriptor = retrying { openDescriptor(path, flags) }
            guard descriptor >= 0 else {
                let error = ErrorNumber.last
                if error.value == ENOENT, !creating { return nil }
                throw failed("open", path, error)
            }
            let file = SessionFile(descriptor: descriptor, path: realPath(path))
            try file.lock(path)
            guard try file.isAt(path) else { continue }
            return file
        }
        throw SessionError(.inUse, "'\(path)' is replaced again and again by another program: choose another path")
    }

    /// Creates the file that takes this one's place with ``takePlace(of:)``.
    func makeSuccessor() throws(SessionError) -> SessionFile {
        let path = successorPath
        unlink(path)
        let flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_CREAT | O_EXCL
        let descriptor = Self.retrying { openDescriptor(path, flags) }
        guard descriptor >= 0 else { throw Self.failed("create", path, .last) }
        let file = SessionFile(descriptor: descriptor, path: self.path)
        try file.lock(path)
        return file
    }

    /// Gives a file, which ``makeSuccessor()`` has made, the name of this one.
    func takePlace(of old: SessionFile) throws(SessionError) {
        guard rename(old.successorPath, old.path) == 0 else { throw Self.failed("replace", old.path, .last) }
    }

    /// Removes what a process has left behind that was killed while it wrote a successor.
    func removeSuccessor() { unlink(successorPath) }

    /// Removes the name. The file and its lock are there until the object ends.
    func remove() throws(SessionError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw Self.failed("delete", path, .last) }
    }

    private var successorPath: String { path + ".new" }

    private func lock(_ path: String) throws(SessionError) {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw Self.failed("examine", path, .last) }
        guard info.st_mode & S_IFMT == S_IFREG else {
            throw SessionError(.foreignFile, "'\(path)' is not a file: choose another path")
        }
        guard Self.retrying({ flock(descriptor, LOCK_EX | LOCK_NB) }) == 0 else {
            let error = ErrorNumber.last
            guard error.value == EWOULDBLOCK else { throw Self.failed("lock", path, error) }
            throw SessionError(
                .inUse,
                "'\(path)' is in use by another client, of this process or another one: "
                    + "close that one, or give this one a session of its own"
            )
        }
        // Whoever has copied the file here may have left it readable for all. If it is another user's, it stays so.
        if info.st_mode & 0o077 != 0 { _ = fchmod(descriptor, privateMode) }
    }

    private func isAt(_ path: String) throws(SessionError) -> Bool {
        var named = stat()
        var opened = stat()
        guard fstat(descriptor, &opened) == 0 else { throw Self.failed("examine", path, .last) }
        guard stat(path, &named) == 0 else {
            let error = ErrorNumber.last
            guard error.value == ENOENT else { throw Self.failed("examine", path, error) }
            return false
        }
        return named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
    }

    // MARK: - Content

    /// The bytes from `start` on, at most `limit` of them.
    func read(limit: Int = .max) throws(SessionError) -> [UInt8] {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw Self.failed("examine", path, .last) }
        let wanted = min(Int(info.st_size), limit)
        // All empty arrays are one object, and the initializer below would write to it, which other threads do, too.
        guard wanted > 0 else { return [] }
        var failure: ErrorNumber?
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            while count < wanted {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
                let step = Self.retrying { pread(descriptor, rest.baseAddress, rest.count, off_t(count)) }
                if step < 0 { failure = .last }
                guard step > 0 else { return }
                count += step
            }
        }
        if let failure { throw Self.failed("read", path, failure) }
        return bytes
    }

    func write(_ bytes: [UInt8], at offset: Int) throws(SessionError) {
        var written = 0
        while written < bytes.count {
            let step = bytes.withUnsafeBytes { bytes in
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
                return Self.retrying { pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + written)) }
            }
            guard step >= 0 else { throw Self.failed("write", path, .last) }
            written += step
        }
    }

    func truncate(to length: Int) throws(SessionError) {
        guard Self.retrying({ ftruncate(descriptor, off_t(length)) }) == 0 else {
            throw Self.failed("shorten", path, .last)
        }
    }

    /// Waits until the content is on the disk.
    func synchronize() throws(SessionError) {
        #if canImport(Darwin)
            // fsync(2) leaves the content in the memory of the disk there.
            if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
            let result = Self.retrying { fsync(descriptor) }
        #else
            let result = Self.retrying { fdatasync(descriptor) }
        #endif
        guard result == 0 else { throw Self.failed("save", path, .last) }
    }

    /// Waits until the name is on the disk.
    func synchronizeFolder() throws(SessionError) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = Self.retrying { openDescriptor(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw Self.failed("open", folder, .last) }
        defer { close(descriptor) }
        // Some file systems have nothing to wait for, and say so.
        guard Self.retrying({ fsync(descriptor) }) == 0 || errno == EINVAL else {
            throw Self.failed("save", folder, .last)
        }
    }

    // MARK: - Calls

    private static func realPath(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private static func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
        while true {
            let result = call()
            guard result == -1, errno == EINTR else { return result }
        }
    }

    private static func failed(_ action: String, _ path: String, _ error: ErrorNumber) -> SessionError {
        SessionError(
            .io,
            "cannot \(action) '\(path)': \(error); check that the folder exists, is writable and has room"
        )
    }
}

/// Only for who runs the program: keys are as good as passwords.
private let privateMode: mode_t = 0o600

/// The system's call, whose name the method above hides.
private func openDescriptor(_ path: String, _ flags: Int32) -> Int32 { open(path, flags, privateMode) }
