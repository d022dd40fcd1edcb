import CMTProtoOpenSSL

/// Hashes of the concatenation of what is passed.
package enum Digest {
    package static func sha1(_ parts: [UInt8]...) -> [UInt8] { hash(.sha1, parts) }
    package static func sha1(_ parts: ArraySlice<UInt8>...) -> [UInt8] { hash(.sha1, parts) }
    package static func sha1(_ parts: UnsafeRawBufferPointer...) -> [UInt8] { hash(.sha1, parts) }
    /// Takes a mixture of arrays, slices and buffers.
    package static func sha1(_ parts: any ByteChunk...) -> [UInt8] { hash(.sha1, parts) }

    package static func sha256(_ parts: [UInt8]...) -> [UInt8] { hash(.sha256, parts) }
    package static func sha256(_ parts: ArraySlice<UInt8>...) -> [UInt8] { hash(.sha256, parts) }
    package static func sha256(_ parts: UnsafeRawBufferPointer...) -> [UInt8] { hash(.sha256, parts) }
    /// Takes a mixture of arrays, slices and buffers.
    package static func sha256(_ parts: any ByteChunk...) -> [UInt8] { hash(.sha256, parts) }

    package static func sha512(_ parts: [UInt8]...) -> [UInt8] { hash(.sha512, parts) }
    package static func sha512(_ parts: ArraySlice<UInt8>...) -> [UInt8] { hash(.sha512, parts) }
    package static func sha512(_ parts: UnsafeRawBufferPointer...) -> [UInt8] { hash(.sha512, parts) }
    /// Takes a mixture of arrays, slices and buffers.
    package static func sha512(_ parts: any ByteChunk...) -> [UInt8] { hash(.sha512, parts) }

    private static func hash(_ function: HashFunction, _ parts: [some ByteChunk]) -> [UInt8] {
        let running = RunningHash(function)
        for part in parts { part.withUnsafeBytes { running.update($0) } }
        return running.finish()
    }

    private static func hash(_ function: HashFunction, _ parts: [any ByteChunk]) -> [UInt8] {
        let running = RunningHash(function)
        for part in parts { part.withUnsafeBytes { running.update($0) } }
        return running.finish()
    }
}

/// The hash functions of the protocol.
enum HashFunction {
    case sha1, sha256, sha512

    var byteCount: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha512: 64
        }
    }

    /// The block of the function, to which HMAC fits its key.
    var blockByteCount: Int { self == .sha512 ? 128 : 64 }
}

/// A hash in the making, in the thread's context: only one of each function at a time, and only within one function.
struct RunningHash: ~Copyable {
    private let context: OpaquePointer?
    private let byteCount: Int

    init(_ function: HashFunction) {
        let contexts = ThreadContexts.current
        let algorithm: Algorithm
        switch function {
        case .sha1: (context, algorithm) = (contexts.sha1, .sha1)
        case .sha256: (context, algorithm) = (contexts.sha256, .sha256)
        case .sha512: (context, algorithm) = (contexts.sha512, .sha512)
        }
        byteCount = function.byteCount
        let started = EVP_DigestInit_ex2(context, algorithm.pointer, nil)
        precondition(started == 1, "OpenSSL could not start a hash")
    }

    func update(_ bytes: UnsafeRawBufferPointer) {
        let updated = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(updated == 1, "OpenSSL could not continue a hash")
    }

    /// Writes the hash to the start of `output`, which must have room for it.
    func finish(into output: UnsafeMutableRawBufferPointer) {
        precondition(output.count >= byteCount, "a hash of \(byteCount) bytes needs as much room")
        let finished = EVP_DigestFinal_ex(context, output.baseAddress?.assumingMemoryBound(to: UInt8.self), nil)
        precondition(finished == 1, "OpenSSL could not finish a hash")
    }

    func finish() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, initialized in
            finish(into: UnsafeMutableRawBufferPointer(buffer))
            initialized = byteCount
        }
    }
}
