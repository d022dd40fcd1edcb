import CMTProtoOpenSSL

/// Keys from passwords (RFC 8018), slow on purpose.
package enum PBKDF2 {
    /// With HMAC-SHA-512. 100,000 rounds, as Telegram asks for, take some tens of milliseconds.
    package static func sha512(password: [UInt8], salt: [UInt8], rounds: Int, byteCount: Int) -> [UInt8] {
        precondition(rounds > 0 && rounds <= Int32.max && byteCount > 0 && byteCount <= 1 << 20)
        return [UInt8](unsafeUninitializedCapacity: byteCount) { output, initialized in
            let derived = password.withUnsafeBytes { password in
                PKCS5_PBKDF2_HMAC(
                    password.baseAddress?.assumingMemoryBound(to: CChar.self),
                    Int32(password.count),
                    salt,
                    Int32(salt.count),
                    Int32(rounds),
                    Algorithm.sha512.pointer,
                    Int32(byteCount),
                    output.baseAddress
                )
            }
            precondition(derived == 1, "OpenSSL could not derive a key")
            initialized = byteCount
        }
    }
}
