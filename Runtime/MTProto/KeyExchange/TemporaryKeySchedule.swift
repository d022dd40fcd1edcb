/// When a temporary key is to be replaced, and when it must not be used any more. All times are the server's, since
/// 1970.
///
/// A key is replaced when a tenth of its life is left, so that an outage or a slow exchange does not leave the client
/// without one.
package struct TemporaryKeySchedule: Sendable, Hashable {
    /// How long a temporary key lives unless someone asks for something else.
    package static let usualLifetime = Duration.seconds(24 * 60 * 60)

    /// From when on a new key should be made.
    package let renewsAt: Duration
    /// From when on the key must not be used.
    package let expiresAt: Duration

    /// - Parameters:
    ///   - expiresAt: ``KeyExchangeResult/expiresAt``.
    ///   - lifetime: What the exchange asked for.
    package init(expiresAt: Duration, lifetime: Duration = Self.usualLifetime) {
        self.expiresAt = expiresAt
        renewsAt = expiresAt - max(lifetime, .zero) / 10
    }

    /// Whether a new key should be made by now.
    package func needsRenewal(at serverTime: Duration) -> Bool { serverTime >= renewsAt }

    /// Whether the key may still be used.
    package func isUsable(at serverTime: Duration) -> Bool { serverTime < expiresAt }

    /// Refuses a key that has ended.
    ///
    /// - Throws: The check ``SecurityCheck/temporaryKey``.
    package func check(at serverTime: Duration) throws(MTProtoError) {
        guard isUsable(at: serverTime) else {
            let age = (serverTime - expiresAt).components.seconds
            throw MTProtoError(
                .temporaryKey,
                "the temporary key ended \(age) s ago; make a new one before anything else is sent"
            )
        }
    }
}
