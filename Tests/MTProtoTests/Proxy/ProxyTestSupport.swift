import MTProto
import MTProtoCrypto
import Testing

/// The same bytes for the same seed (SplitMix64).
final class ProxyRandom: RandomSource, RandomNumberGenerator {
    let seed: UInt64
    private let state: Locked<UInt64>

    init(seed: UInt64) {
        self.seed = seed
        state = Locked(seed)
    }

    func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        for offset in stride(from: 0, to: buffer.count, by: 8) {
            withUnsafeBytes(of: next()) { word in
                let part = UnsafeMutableRawBufferPointer(rebasing: buffer[offset..<min(offset + 8, buffer.count)])
                part.copyMemory(from: UnsafeRawBufferPointer(rebasing: word[..<part.count]))
            }
        }
    }
}

/// What became of a handshake that was fed in pieces.
struct HandshakeOutcome: Equatable {
    var sent: [[UInt8]] = []
    var isFinished = false
    /// What the handshake left in the queue.
    var rest: [UInt8] = []

    init(_ handshake: consuming any StreamHandshake, fedWith pieces: [[UInt8]]) throws {
        var handshake = handshake
        var input = ByteQueue()
        let greeting = handshake.start()
        if !greeting.isEmpty { sent.append(greeting) }
        for piece in pieces {
            input.append(piece)
            while !isFinished {
                switch try handshake.received(&input) {
                case .needsMore: break
                case .send(let bytes):
                    sent.append(bytes)
                    continue
                case .finished(let bytes):
                    if !bytes.isEmpty { sent.append(bytes) }
                    isFinished = true
                }
                break
            }
        }
        rest = input.consumeAll()
    }

    /// Feeds the bytes whole, byte by byte, and cut in two at every place: the outcome must always be the same.
    static func whateverTheCuts(_ handshake: any StreamHandshake, fedWith bytes: [UInt8]) throws -> HandshakeOutcome {
        let whole = try HandshakeOutcome(handshake, fedWith: [bytes])
        #expect(try HandshakeOutcome(handshake, fedWith: bytes.map { [$0] }) == whole)
        for cut in 0...bytes.count {
            let pieces = [Array(bytes[..<cut]), Array(bytes[cut...])]
            #expect(try HandshakeOutcome(handshake, fedWith: pieces) == whole, "cut after \(cut) bytes")
        }
        return whole
    }
}

/// The error that the body throws, which the test goes on to look at.
func proxyError(_ body: () throws -> Void) throws -> MTProtoError {
    try #require(#expect(throws: MTProtoError.self, performing: body))
}

func asciiBytes(_ text: String) -> [UInt8] { Array(text.utf8) }
