/// Why a message was refused: the numbers of `bad_msg_notification`.
///
/// See <https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message>.
package enum ComplaintCode: Int32, Sendable, CaseIterable {
    /// The identifier is too low: the clock is behind.
    case identifierTooLow = 16
    /// The identifier is too high: the clock is ahead.
    case identifierTooHigh = 17
    /// The identifier is not divisible by four.
    case identifierBits = 18
    /// The container has an identifier that another message had before.
    case containerIdentifier = 19
    /// The message is so old that the server cannot tell whether it has received it.
    case tooOld = 20
    case sequenceNumberTooLow = 32
    case sequenceNumberTooHigh = 33
    /// An even sequence number was expected.
    case sequenceNumberOdd = 34
    /// An odd sequence number was expected.
    case sequenceNumberEven = 35
    /// The salt is not the present one.
    case salt = 48
    case container = 64
}
