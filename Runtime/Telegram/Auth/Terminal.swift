import MTProto
import MTProtoCrypto

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Asks questions at a terminal. Waiting for a line blocks a thread, so each question has one of its own.
struct Terminal: Sendable {
    /// There is one keyboard.
    private static let gate = AsyncGate()
    /// No answer is longer, and a file without lines must not fill the memory.
    static let maximumByteCount = 4_096

    let input: Int32
    let output: Int32

    /// Prints a question, and reads the line after it.
    /// - Throws: ``SignInError`` with `inputEnded`; `CancellationError` when the task is cancelled.
    func readLine(prompt: String, isHidden: Bool = false) async throws -> String {
        try await Self.gate.enter()
        defer { Self.gate.leave() }
        let alarm = try TerminalAlarm()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                do {
                    let thread = try SystemThread(name: "prompt") {
                        continuation.resume(with: Result { try ask(prompt, isHidden, alarm) })
                    }
                    thread.detach()
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        } onCancel: {
            alarm.ring()
        }
    }

    private func ask(_ prompt: String, _ isHidden: Bool, _ alarm: TerminalAlarm) throws -> String {
        while true {
            let end: LineEnd
            do {
                let echo = isHidden ? HiddenEcho(input, alarm) : nil
                defer { echo?.restore() }
                show(prompt)
                end = try readLine(alarm)
                if echo != nil { show("\n") }
            }
            switch end {
            case .line(let text): return text
            // The terminal is as it was. If the program survives the signal, or goes on after it, the question stands.
            case .signal(let number): HiddenEcho.pass(on: number)
            }
        }
    }

    private enum LineEnd {
        case line(String)
        case signal(Int32)
    }

    private func readLine(_ alarm: TerminalAlarm) throws -> LineEnd {
        var bytes: [UInt8] = []
        defer { bytes.wipe() }
        while true {
            if let byte = try alarm.wait(for: input) {
                guard byte != 0 else { throw CancellationError() }
                return .signal(Int32(byte))
            }
            // One at a time: what follows the line belongs to somebody else.
            var byte: UInt8 = 0
            switch read(input, &byte, 1) {
            case 1 where byte == UInt8(ascii: "\n"): return .line(text(bytes))
            case 1:
                bytes.append(byte)
                guard bytes.count <= Self.maximumByteCount else {
                    throw inputEnded("a line is longer than \(Self.maximumByteCount) bytes")
                }
            case -1 where errno == EINTR || errno == EAGAIN: continue
            default:
                guard !bytes.isEmpty else { throw inputEnded("the input has ended before there was an answer") }
                return .line(text(bytes))
            }
        }
    }

    private func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes[...], as: UTF8.self)
    }

    private func inputEnded(_ what: String) -> SignInError {
        SignInError(.inputEnded, "\(what); run the program at a terminal, or sign in without asking there")
    }

    private func show(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
            // A question that cannot be shown can still be answered.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
