package import MTProto

/// What the driver of a ``ServerKeyExchange`` does next.
package enum ServerKeyExchangeStep: Sendable {
    /// Send this body as an unencrypted message.
    case send([UInt8])
    /// Send the answer and remember the key.
    ///
    /// `expiresIn` is in seconds, `nil` for a permanent key; `dataCenter` is zero when the client did not say.
    case finished(answer: [UInt8], key: AuthKey, firstSalt: Int64, expiresIn: Int32?, dataCenter: Int32)
}
