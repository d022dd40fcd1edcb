/// How a ``TestServer`` can break the rules for encrypted packets, one packet at a time, so that a client's checks can
/// be seen to work. See <https://core.telegram.org/mtproto/security_guidelines>.
///
/// Everything that is not named is right: a packet with the wrong session has the right message key.
public enum ServerMisbehaviour: Sendable, Hashable, CaseIterable {
    /// The identifier of the key is another one.
    case wrongKeyID
    /// The message key is not the hash of what is encrypted.
    case wrongMessageKey
    /// A bit of the encrypted part is flipped.
    case flippedBit
    /// The encrypted part is no multiple of 16 bytes.
    case truncatedPacket
    /// The packet ends after its message key.
    case missingContent
    /// The session is another one.
    case wrongSession
    /// The message has an even identifier, as if a client had sent it.
    case evenMessageID
    /// The message is more than 300 seconds old.
    case oldMessage
    /// The message is from more than 30 seconds ahead.
    case futureMessage
    /// The packet is sent twice.
    case replay
    /// There are fewer than 12 bytes of padding.
    case shortPadding
    /// There are more than 1024 bytes of padding.
    case longPadding
    /// The length is larger than what follows.
    case lengthTooLarge
    /// The length is negative.
    case negativeLength
    /// The length is no multiple of four.
    case unalignedLength
    /// The message lies in two containers.
    case nestedContainer
    /// The message in a container is newer than the container.
    case containerOlderThanContent
    /// A container announces more messages than it has.
    case overcountedContainer
    /// The content inflates to a size that nobody can want.
    case inflatesWithoutEnd
}
