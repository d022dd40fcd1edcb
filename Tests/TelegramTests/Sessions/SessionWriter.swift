import Foundation
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The program `session-writer` as a process of its own. Its calls block, so they are made on a thread of their own.
struct SessionWriter: Sendable {
    /// What the program has said when it had ended, line by line; an incomplete last line is left out.
    let lines: [String]
    /// What it ended with; `nil` when it was killed.
    let status: Int32?

    /// Runs the program to its end.
    static func run(_ arguments: String...) async throws -> SessionWriter {
        try await onThread { try RunningWriter(arguments).finish() }
    }

    /// Runs it and kills it, as the system would when there is no memory left: a while after it has opened the session,
    /// or after it was started.
    static func run(
        _ arguments: String...,
        killedAfter microseconds: UInt32,
        opening: Bool
    ) async throws -> SessionWriter {
        try await onThread {
            let running = try RunningWriter(arguments)
            if !opening { running.readLine() }
            usleep(microseconds)
            return running.kill()
        }
    }

    /// Runs it, and `body` after its first line, and then kills it.
    static func run(_ arguments: String..., while body: () async throws -> Void) async throws {
        let running = try await onThread {
            let running = try RunningWriter(arguments)
            running.readLine()
            return running
        }
        do {
            try await body()
        } catch {
            running.kill()
            throw error
        }
        running.kill()
    }

    private static func onThread<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { waiter in
            Thread.detachNewThread { waiter.resume(with: Swift.Result(catching: body)) }
        }
    }
}

/// `@unchecked Sendable`: it is used by one thread after the other.
private final class RunningWriter: @unchecked Sendable {
    private let process: pid_t
    private let output: Int32
    private var received: [UInt8] = []

    /// Where the build has put the program: beside the test bundle, which on macOS is a folder with the executable
    /// inside.
    private static let executable: String? = {
        for start in CommandLine.arguments + Bundle.allBundles.map(\.bundlePath) {
            var folder = URL(filePath: start).standardizedFileURL
            for _ in 0..<4 {
                folder.deleteLastPathComponent()
                let path = folder.appending(component: "session-writer").path(percentEncoded: false)
                if access(path, X_OK) == 0 { return path }
            }
        }
        return nil
    }()

    init(_ arguments: [String]) throws {
        let executable = try #require(Self.executable, "session-writer is not beside the test bundle; build it first")
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        // Other processes that are started meanwhile must not keep the pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        var argumentPointers = ([executable] + arguments).map { strdup($0) } + [nil]
        defer { for pointer in argumentPointers { free(pointer) } }
        var process: pid_t = 0
        let failure = posix_spawn(&process, executable, &actions, nil, &argumentPointers, environ)
        close(ends[1])
        self.process = process
        output = ends[0]
        try #require(failure == 0)
    }

    deinit { close(output) }

    /// Waits for the first line.
    func readLine() {
        while !received.contains(UInt8(ascii: "\n")), readSome() {}
    }

    func finish() -> SessionWriter {
        while readSome() {}
        var status: Int32 = 0
        while waitpid(process, &status, 0) == -1, errno == EINTR {}
        let lines = String(decoding: received, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let hasExited = status & 0x7F == 0
        return SessionWriter(lines: lines.dropLast().map(String.init), status: hasExited ? status >> 8 & 0xFF : nil)
    }

    @discardableResult
    func kill() -> SessionWriter {
        end(process)
        return finish()
    }

    private func readSome() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(output, &buffer, buffer.count)
        if count < 0, errno == EINTR { return true }
        received += buffer.prefix(max(count, 0))
        return count > 0
    }
}

/// The system's call, whose name the method above hides.
private func end(_ process: pid_t) { kill(process, SIGKILL) }
