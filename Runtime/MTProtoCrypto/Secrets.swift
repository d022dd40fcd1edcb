import CMTProtoOpenSSL

/// Whether the bytes are the same, in a time that depends on their number only.
package func constantTimeEquals(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Bool {
    guard first.count == second.count else { return false }
    guard let left = first.baseAddress, let right = second.baseAddress else { return true }
    return CRYPTO_memcmp(left, right, first.count) == 0
}

/// Whether the bytes are the same, in a time that depends on their number only.
package func constantTimeEquals(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    first.withUnsafeBytes { left in second.withUnsafeBytes { constantTimeEquals(left, $0) } }
}

/// Whether the bytes are the same, in a time that depends on their number only.
package func constantTimeEquals(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> Bool {
    first.withUnsafeBytes { left in second.withUnsafeBytes { constantTimeEquals(left, $0) } }
}

/// Whether the bytes are the same, in a time that depends on their number only.
package func constantTimeEquals(_ first: some Collection<UInt8>, _ second: some Collection<UInt8>) -> Bool {
    constantTimeEquals(Array(first), Array(second))
}

extension [UInt8] {
    /// Overwrites a secret with zeros, in a way that the optimizer cannot drop, and leaves the array empty.
    ///
    /// Only this copy is wiped: if the array shares its storage with another variable, that one keeps its bytes.
    package mutating func wipe() {
        withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
        removeAll(keepingCapacity: false)
    }
}
