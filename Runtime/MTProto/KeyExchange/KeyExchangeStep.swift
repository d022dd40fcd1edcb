/// What the driver of a ``ClientKeyExchange`` does next.
package enum KeyExchangeStep: Sendable {
    /// Send this body as an unencrypted message, and hand in the body of the answer.
    case send([UInt8])
    /// Stop: there is a key.
    case finished(KeyExchangeResult)
}

/// What a key exchange yields.
package struct KeyExchangeResult: Sendable {
    package let key: AuthKey
    /// The salt of the first messages, which both sides derive from the nonces.
    package let firstSalt: Int64
    /// Time since 1970 at the server, at the moment the exchange finished.
    package let serverTime: Duration
    /// Until when a temporary key may be used, by the server's clock; `nil` for a permanent key.
    package let expiresAt: Duration?

    package init(key: AuthKey, firstSalt: Int64, serverTime: Duration, expiresAt: Duration?) {
        self.key = key
        self.firstSalt = firstSalt
        self.serverTime = serverTime
        self.expiresAt = expiresAt
    }
}
