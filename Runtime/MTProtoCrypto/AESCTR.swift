import CMTProtoOpenSSL

/// A stream under AES-256 in counter mode: encrypting and decrypting are the same, and the position is kept from call
/// to call.
///
/// A value: a copy goes on from the same position, independently.
package struct AESCTR: Sendable {
    private var state: State

    /// The key has 32 bytes, the vector 16.
    package init(key: [UInt8], iv: [UInt8]) {
        precondition(key.count == 32 && iv.count == 16, "AES-256-CTR takes 32 bytes of key and 16 of vector")
        state = State(key: key, iv: iv)
    }

    /// Applies the next bytes of the key stream to the buffer, in place.
    package mutating func apply(to buffer: UnsafeMutableRawBufferPointer) {
        if !isKnownUniquelyReferenced(&state) { state = State(copying: state) }
        state.apply(to: buffer)
    }

    /// Applies the next bytes of the key stream to the array, in place.
    package mutating func apply(to bytes: inout [UInt8]) {
        bytes.withUnsafeMutableBytes { apply(to: $0) }
    }

    /// Applies the next bytes of the key stream to a part of the array, in place.
    package mutating func apply(to bytes: inout [UInt8], in range: Range<Int>) {
        bytes.withUnsafeMutableBytes { apply(to: UnsafeMutableRawBufferPointer(rebasing: $0[range])) }
    }
}

/// Sendable, because it is private to `AESCTR`, which changes it only when no other value refers to it.
private final class State: @unchecked Sendable {
    private let context: OpaquePointer?

    init(key: [UInt8], iv: [UInt8]) {
        context = EVP_CIPHER_CTX_new()
        let started = EVP_EncryptInit_ex2(context, Algorithm.aes256CTR.pointer, key, iv, nil)
        precondition(started == 1, "OpenSSL could not start a cipher")
    }

    init(copying other: State) {
        context = EVP_CIPHER_CTX_new()
        let copied = EVP_CIPHER_CTX_copy(context, other.context)
        precondition(copied == 1, "OpenSSL could not copy a cipher")
    }

    deinit { EVP_CIPHER_CTX_free(context) }

    func apply(to buffer: UnsafeMutableRawBufferPointer) {
        var rest = buffer[...]
        while !rest.isEmpty {
            // OpenSSL counts in 32 bits.
            let count = min(rest.count, 1 << 30)
            let bytes = UnsafeMutableRawBufferPointer(rebasing: rest.prefix(count)).baseAddress
            let pointer = bytes?.assumingMemoryBound(to: UInt8.self)
            var written: Int32 = 0
            let updated = EVP_EncryptUpdate(context, pointer, &written, pointer, Int32(count))
            precondition(updated == 1 && written == count, "OpenSSL could not encrypt")
            rest = rest.dropFirst(count)
        }
    }
}
