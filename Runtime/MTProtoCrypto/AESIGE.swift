import CMTProtoOpenSSL

/// AES-256 in the mode "infinite garble extension", which MTProto encrypts everything with.
///
/// OpenSSL has this mode in software only, several times slower than the processor's AES. So it is built from modes
/// that do use the processor. With plaintext `p`, ciphertext `c` and the halves of the initialization vector as `c(0)`
/// and `p(0)`, the mode is `c(i) = E(p(i) ^ c(i-1)) ^ p(i-1)`. With `y(i) = c(i) ^ p(i-1)` this becomes
/// `y(i) = E(p(i) ^ p(i-2) ^ y(i-1))`: the CBC encryption of the differences. Decryption needs each plaintext block for
/// the next one and goes block by block.
package enum AESIGE {
    /// Encrypts in place. The key and the vector have 32 bytes, the buffer a multiple of 16.
    package static func encrypt(_ buffer: UnsafeMutableRawBufferPointer, key: [UInt8], iv: [UInt8]) {
        check(buffer.count, key, iv)
        guard let base = buffer.baseAddress else { return }
        let context = ThreadContexts.current.cbc
        let started = EVP_EncryptInit_ex2(context, Algorithm.aes256CBC.pointer, key, iv, nil)
        precondition(started == 1, "OpenSSL could not start a cipher")
        EVP_CIPHER_CTX_set_padding(context, 0)

        withUnsafeTemporaryAllocation(byteCount: chunk, alignment: 16) { scratch in
            guard let differences = scratch.baseAddress else { return }
            var beforeLast = Block()
            var last = load(iv, 16)
            var offset = 0
            while offset < buffer.count {
                let count = min(chunk, buffer.count - offset)
                let start = base + offset
                var (older, newer) = (beforeLast, last)
                for position in stride(from: 0, to: count, by: 16) {
                    let plain = start.loadUnaligned(fromByteOffset: position, as: Block.self)
                    differences.storeBytes(of: plain ^ older, toByteOffset: position, as: Block.self)
                    (older, newer) = (newer, plain)
                }
                (beforeLast, newer) = (older, last)
                apply(context, differences, count)
                for position in stride(from: 0, to: count, by: 16) {
                    let plain = start.loadUnaligned(fromByteOffset: position, as: Block.self)
                    let chained = differences.loadUnaligned(fromByteOffset: position, as: Block.self)
                    start.storeBytes(of: chained ^ newer, toByteOffset: position, as: Block.self)
                    newer = plain
                }
                last = newer
                offset += count
            }
        }
    }

    /// Decrypts in place. The key and the vector have 32 bytes, the buffer a multiple of 16.
    package static func decrypt(_ buffer: UnsafeMutableRawBufferPointer, key: [UInt8], iv: [UInt8]) {
        check(buffer.count, key, iv)
        guard let base = buffer.baseAddress else { return }
        let context = ThreadContexts.current.ecb
        let started = EVP_DecryptInit_ex2(context, Algorithm.aes256ECB.pointer, key, nil, nil)
        precondition(started == 1, "OpenSSL could not start a cipher")
        EVP_CIPHER_CTX_set_padding(context, 0)

        withUnsafeTemporaryAllocation(byteCount: 16, alignment: 16) { scratch in
            guard let block = scratch.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
            let vector = UnsafeMutableRawPointer(block)
            var cipher = load(iv, 0)
            var plain = load(iv, 16)
            var succeeded = true
            for position in stride(from: 0, to: buffer.count, by: 16) {
                let next = base.loadUnaligned(fromByteOffset: position, as: Block.self)
                vector.storeBytes(of: next ^ plain, as: Block.self)
                // The barest call there is: `EVP_DecryptUpdate` would take twice as long for a block.
                succeeded = EVP_Cipher(context, block, block, 16) > 0 && succeeded
                plain = vector.load(as: Block.self) ^ cipher
                base.storeBytes(of: plain, toByteOffset: position, as: Block.self)
                cipher = next
            }
            precondition(succeeded, "OpenSSL could not decrypt")
        }
    }

    /// Encrypts a part of an array in place, all of it unless `range` says otherwise.
    package static func encrypt(_ bytes: inout [UInt8], in range: Range<Int>? = nil, key: [UInt8], iv: [UInt8]) {
        bytes.withUnsafeMutableBytes { buffer in
            encrypt(UnsafeMutableRawBufferPointer(rebasing: buffer[range ?? 0..<buffer.count]), key: key, iv: iv)
        }
    }

    /// Decrypts a part of an array in place, all of it unless `range` says otherwise.
    package static func decrypt(_ bytes: inout [UInt8], in range: Range<Int>? = nil, key: [UInt8], iv: [UInt8]) {
        bytes.withUnsafeMutableBytes { buffer in
            decrypt(UnsafeMutableRawBufferPointer(rebasing: buffer[range ?? 0..<buffer.count]), key: key, iv: iv)
        }
    }

    /// 16 bytes, in a form that the processor works on at once.
    private typealias Block = SIMD2<UInt64>

    /// How much is encrypted at a time: little enough for the stack and the first cache, enough to make calls rare.
    private static let chunk = 2048

    private static func check(_ count: Int, _ key: [UInt8], _ iv: [UInt8]) {
        precondition(key.count == 32 && iv.count == 32, "AES-256-IGE takes 32 bytes of key and 32 of vector")
        precondition(count.isMultiple(of: 16), "AES-256-IGE takes whole blocks of 16 bytes")
    }

    private static func load(_ bytes: [UInt8], _ offset: Int) -> Block {
        bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Block.self) }
    }

    private static func apply(_ context: OpaquePointer?, _ bytes: UnsafeMutableRawPointer, _ count: Int) {
        let pointer = bytes.assumingMemoryBound(to: UInt8.self)
        var written: Int32 = 0
        let updated = EVP_EncryptUpdate(context, pointer, &written, pointer, Int32(count))
        precondition(updated == 1 && written == count, "OpenSSL could not encrypt")
    }
}
