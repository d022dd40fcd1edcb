import MTProtoCrypto

/// How the two sides of fake TLS prove to each other, in what is a random value in real TLS, that they know the secret.
package enum FakeTLSProof {
    /// Both greetings have their random value at the same place.
    package static let range = TLSClientHello.randomRange
    /// The last bytes of the client's value also tell its time.
    private static let timeLength = 4

    /// The client's value for a greeting whose own value is zero: a hash with the secret, its end combined with the
    /// time.
    package static func client(key: [UInt8], hello: [UInt8], unixTime: UInt32) -> [UInt8] {
        var proof = HMAC.sha256(key: key, hello)
        for position in 0..<timeLength {
            proof[proof.count - timeLength + position] ^= UInt8(truncatingIfNeeded: unixTime >> (8 * UInt32(position)))
        }
        return proof
    }

    /// The time that a client's greeting tells, or `nil` when it was not made with this key. `hello` holds a zero
    /// value, `proof` is what stood there.
    package static func time(key: [UInt8], hello: [UInt8], proof: [UInt8]) -> UInt32? {
        let expected = HMAC.sha256(key: key, hello)
        guard proof.count == expected.count,
            constantTimeEquals(expected.dropLast(timeLength), proof.dropLast(timeLength))
        else { return nil }
        return (0..<timeLength).reduce(0) { time, position in
            let index = expected.count - timeLength + position
            return time | UInt32(expected[index] ^ proof[index]) << (8 * UInt32(position))
        }
    }

    /// The server's value: a hash with the secret over the client's value and the answer, whose own value is zero.
    package static func server(key: [UInt8], clientProof: [UInt8], answer: [UInt8]) -> [UInt8] {
        HMAC.sha256(key: key, clientProof, answer)
    }
}
