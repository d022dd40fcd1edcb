import CMTProtoOpenSSL

/// AES-256 in the mode "cipher block chaining", without padding.
package enum AESCBC {
    /// The key has 32 bytes, the vector 16, the content a multiple of 16.
    package static func encrypt(_ bytes: [UInt8], key: [UInt8], iv: [UInt8]) -> [UInt8] {
        apply(bytes, key, iv, encrypting: true)
    }

    /// The key has 32 bytes, the vector 16, the content a multiple of 16.
    package static func decrypt(_ bytes: [UInt8], key: [UInt8], iv: [UInt8]) -> [UInt8] {
        apply(bytes, key, iv, encrypting: false)
    }

    private static func apply(_ bytes: [UInt8], _ key: [UInt8], _ iv: [UInt8], encrypting: Bool) -> [UInt8] {
        precondition(key.count == 32 && iv.count == 16, "AES-256-CBC takes 32 bytes of key and 16 of vector")
        precondition(bytes.count.isMultiple(of: 16), "AES-256-CBC takes whole blocks of 16 bytes")
        precondition(bytes.count <= Int(Int32.max), "AES-256-CBC takes less than 2 GiB at once")
        // For the reason that random bytes have.
        guard !bytes.isEmpty else { return [] }
        let context = ThreadContexts.current.cbc
        let algorithm = Algorithm.aes256CBC.pointer
        let started = EVP_CipherInit_ex2(context, algorithm, key, iv, encrypting ? 1 : 0, nil)
        precondition(started == 1, "OpenSSL could not start a cipher")
        EVP_CIPHER_CTX_set_padding(context, 0)
        return [UInt8](unsafeUninitializedCapacity: bytes.count) { output, initialized in
            var written: Int32 = 0
            let updated = EVP_CipherUpdate(context, output.baseAddress, &written, bytes, Int32(bytes.count))
            precondition(updated == 1 && written == bytes.count, "OpenSSL could not apply a cipher")
            initialized = bytes.count
        }
    }
}
