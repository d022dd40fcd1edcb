import MTProto
import Synchronization
import Testing

@testable import Telegram

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Questions at a terminal: a real one, whose other end the test holds. One at a time, as there is one handler per
/// signal.
@Suite(.timeLimit(.minutes(10)), .serialized)
struct ConsolePromptsTests {
    @Test func answersAreLines() async throws {
        let terminal = try PseudoTerminal()
        let prompts = ConsolePrompts(input: terminal.near, output: terminal.near)
        terminal.type("+39 333\n")
        #expect(try await prompts.phone() == "+39 333")
        terminal.type("12345\n")
        #expect(try await prompts.code(.test()) == "12345")
        let shown = await terminal.shown(until: "Code (message in the app, 5 characters): ")
        #expect(shown.contains("Phone number"))
    }

    @Test func passwordIsNotShownAndTheTerminalIsRestored() async throws {
        let terminal = try PseudoTerminal()
        let prompts = ConsolePrompts(input: terminal.near, output: terminal.near)
        #expect(terminal.echoes)
        async let password = prompts.password(hint: "ca\u{1b}t")
        var shown = await terminal.shown(until: "Password (hint: cat): ")
        #expect(!terminal.echoes)
        terminal.type("correct horse\n")
        let answer = try await password
        #expect(answer == "correct horse")
        #expect(terminal.echoes)
        terminal.type("visible\n")
        shown += await terminal.shown(until: "visible")
        #expect(!shown.contains("correct"))
    }

    @Test func cancellingRestoresTheTerminal() async throws {
        let terminal = try PseudoTerminal()
        let prompts = ConsolePrompts(input: terminal.near, output: terminal.near)
        let task = Task { try await prompts.password(hint: nil) }
        _ = await terminal.shown(until: "Password: ")
        #expect(!terminal.echoes)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(terminal.echoes)
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP])
    func signalFindsTheTerminalRestoredAndTheQuestionStands(number: Int32) async throws {
        let terminal = try PseudoTerminal()
        let prompts = ConsolePrompts(input: terminal.near, output: terminal.near)
        // Stands for what the program does with the signal.
        watchedTerminal.store(terminal.near, ordering: .sequentiallyConsistent)
        echoAtSignal.store(-1, ordering: .sequentiallyConsistent)
        let former = signal(number) { _ in
            var settings = termios()
            tcgetattr(watchedTerminal.load(ordering: .relaxed), &settings)
            echoAtSignal.store(settings.c_lflag & tcflag_t(ECHO) == 0 ? 0 : 1, ordering: .relaxed)
        }
        defer { signal(number, former) }
        let task = Task { try await prompts.password(hint: nil) }
        _ = await terminal.shown(until: "Password: ")
        #expect(!terminal.echoes)
        kill(getpid(), number)
        // It is asked again.
        _ = await terminal.shown(until: "Password: ")
        #expect(echoAtSignal.load(ordering: .sequentiallyConsistent) == 1)
        terminal.type("secret\n")
        #expect(try await task.value == "secret")
        #expect(terminal.echoes)
    }

    @Test func linesThatAreNoTerminalAreReadAsTheyCome() async throws {
        let input = try Pipe.make(), sink = try Pipe.make()
        input.write("393335550001\r\n12345\nrest")
        input.close()
        let prompts = ConsolePrompts(input: input.reading, output: sink.writing)
        #expect(try await prompts.phone() == "393335550001")
        #expect(try await prompts.password(hint: nil) == "12345")
        #expect(try await prompts.phone() == "rest")
        let error = await #expect(throws: SignInError.self) { _ = try await prompts.phone() }
        #expect(error?.code == .inputEnded)
    }

    @Test func endlessLineIsNoAnswer() async throws {
        let input = try Pipe.make(), sink = try Pipe.make()
        input.write(String(repeating: "x", count: Terminal.maximumByteCount + 1))
        let prompts = ConsolePrompts(input: input.reading, output: sink.writing)
        let error = await #expect(throws: SignInError.self) { _ = try await prompts.phone() }
        #expect(error?.code == .inputEnded)
    }
}

private let watchedTerminal = Atomic<Int32>(-1)
/// Whether the terminal showed what is typed when a signal came: 1 or 0; -1 when none has.
private let echoAtSignal = Atomic<Int32>(-1)

/// A terminal and the keyboard and screen that belong to it.
private final class PseudoTerminal: Sendable {
    private struct Failure: Error {}

    /// The end of the program.
    let near: Int32
    private let far: Int32

    init() throws {
        #if canImport(Darwin)
            far = posix_openpt(O_RDWR | O_NOCTTY)
            guard far >= 0, grantpt(far) == 0, unlockpt(far) == 0, let name = ptsname(far).map({ String(cString: $0) })
            else { throw Failure() }
        #else
            // Glibc hides the functions unless asked for XSI. These are TIOCSPTLCK and TIOCGPTN.
            far = open("/dev/ptmx", O_RDWR | O_NOCTTY)
            var unlocked: Int32 = 0
            var number: Int32 = 0
            guard far >= 0, ioctl(far, 0x4004_5431, &unlocked) == 0, ioctl(far, 0x8004_5430, &number) == 0 else {
                throw Failure()
            }
            let name = "/dev/pts/\(number)"
        #endif
        near = open(name, O_RDWR | O_NOCTTY)
        guard near >= 0 else { throw Failure() }
    }

    deinit {
        close(near)
        close(far)
    }

    /// Whether what is typed is shown.
    var echoes: Bool {
        var settings = termios()
        tcgetattr(near, &settings)
        return settings.c_lflag & tcflag_t(ECHO) != 0
    }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { write(far, $0.baseAddress, $0.count) }
    }

    /// What is on the screen since the last time, up to some text.
    func shown(until end: String) async -> String {
        await withCheckedContinuation { continuation in
            let far = far
            // Reading blocks, and there are not many threads for that.
            guard
                let thread = try? SystemThread(
                    name: "screen",
                    {
                        var bytes: [UInt8] = []
                        while !String(decoding: bytes, as: UTF8.self).hasSuffix(end) {
                            var byte: UInt8 = 0
                            guard read(far, &byte, 1) == 1 else { break }
                            bytes.append(byte)
                        }
                        continuation.resume(returning: String(decoding: bytes, as: UTF8.self))
                    }
                )
            else { return continuation.resume(returning: "") }
            thread.detach()
        }
    }
}

private struct Pipe {
    private struct Failure: Error {}

    let reading: Int32
    let writing: Int32

    static func make() throws -> Pipe {
        var descriptors: [Int32] = [-1, -1]
        guard pipe(&descriptors) == 0 else { throw Failure() }
        return Pipe(reading: descriptors[0], writing: descriptors[1])
    }

    func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { Self.send(writing, $0) }
    }

    func close() {
        #if canImport(Darwin)
            Darwin.close(writing)
        #else
            Glibc.close(writing)
        #endif
    }

    private static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
            Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #else
            Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }
}
