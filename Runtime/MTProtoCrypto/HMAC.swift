/// Keyed hashes (RFC 2104) of the concatenation of what is passed.
package enum HMAC {
    package static func sha256(key: [UInt8], _ parts: [UInt8]...) -> [UInt8] { code(.sha256, key, parts) }
    package static func sha512(key: [UInt8], _ parts: [UInt8]...) -> [UInt8] { code(.sha512, key, parts) }

    private static func code(_ function: HashFunction, _ key: [UInt8], _ parts: [[UInt8]]) -> [UInt8] {
        var padded = key
        if key.count > function.blockByteCount {
            let hash = RunningHash(function)
            key.withUnsafeBytes { hash.update($0) }
            padded = hash.finish()
        }
        padded += [UInt8](repeating: 0, count: function.blockByteCount - padded.count)
        let inner = keyed(function, padded, 0x36, parts)
        let outer = keyed(function, padded, 0x5c, [inner])
        padded.wipe()
        return outer
    }

    private static func keyed(_ function: HashFunction, _ key: [UInt8], _ mask: UInt8, _ parts: [[UInt8]]) -> [UInt8] {
        var masked = key.map { $0 ^ mask }
        let hash = RunningHash(function)
        masked.withUnsafeBytes { hash.update($0) }
        masked.wipe()
        for part in parts { part.withUnsafeBytes { hash.update($0) } }
        return hash.finish()
    }
}
