/// A check that the protocol demands of a client. When one fails, the error names it.
///
/// See <https://core.telegram.org/mtproto/security_guidelines>; `docs/security.md` tells where each is tested.
public enum SecurityCheck: String, Sendable, Hashable, CaseIterable {
    // MARK: Key exchange
    /// An answer must repeat the client's nonce.
    case nonce
    /// An answer must repeat the server's nonce.
    case serverNonce
    /// An answer must prove knowledge of the new nonce or of the new key.
    case newNonceHash
    /// `pq` must be a product of two different primes below 2^63.
    case factorization
    /// The server must have a public key that the client knows.
    case publicKey
    /// The decrypted answer must match the hash in front of it.
    case answerHash
    /// The encrypted answer must have a length that fits.
    case answerLength
    /// The modulus must be a safe prime of 2048 bits.
    case safePrime
    /// The generator must be 2 to 7 and generate the subgroup of prime order.
    case generator
    /// `g_a` and `g_b` must lie between 2^1984 and p - 2^1984.
    case publicValueRange
    /// An unencrypted message must be well formed.
    case unencryptedMessage
    /// A temporary key must be bound, and not have expired.
    case temporaryKey

    // MARK: Encrypted messages
    /// A packet must be long enough, and its encrypted part a multiple of 16 bytes.
    case packetLength
    /// A packet must be encrypted with the key of this session.
    case keyID
    /// The message key must be the hash of the decrypted bytes.
    case messageKey
    /// The announced length must fit into the packet and be a multiple of four.
    case messageLength
    /// There must be 12 to 1024 bytes of padding.
    case padding
    /// A message must belong to this session.
    case sessionID
    /// A message from a server must have an odd identifier.
    case messageIDParity
    /// A message must not be older than 300 seconds.
    case messageTooOld
    /// A message must not be from more than 30 seconds in the future.
    case messageTooNew
    /// A message must not come twice.
    case duplicateMessage
    /// A container must not lie in a container, and a message in one must not be newer than the container.
    case container
    /// Compressed content must not inflate beyond the limit.
    case inflatedSize
}
