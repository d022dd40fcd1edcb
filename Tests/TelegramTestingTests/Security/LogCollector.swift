import MTProto
import MTProtoCrypto

/// Keeps everything that is logged, at the most talkative level.
final class LogCollector: LogHandler {
    private let lines = Locked<[String]>([])

    var level: LogLevel { .trace }
    var text: String { lines.withLock { $0.joined(separator: "\n") } }

    func log(_ record: LogRecord) { add("\(record.level) \(record.source): \(record.message)") }

    func add(_ line: String) { lines.withLock { $0.append(line) } }
}

/// The system's randomness, with a memory.
final class RecordingRandom: RandomSource {
    private let drawn = Locked<[[UInt8]]>([])

    func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        SystemRandom().fill(buffer)
        drawn.withLock { $0.append(Array(buffer)) }
    }

    /// All that a first key exchange has drawn up to the secret exponent, which is the first that takes 256 bytes at
    /// once: the nonces, the padding and the key of the encrypted proof.
    var secretsOfKeyExchange: [[UInt8]] {
        drawn.withLock { drawn in
            guard let last = drawn.firstIndex(where: { $0.count == AuthKey.byteCount }) else { return [] }
            return Array(drawn[...last])
        }
    }
}
