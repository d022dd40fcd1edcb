/// What was in an encrypted packet that has passed the checks of the envelope.
///
/// Nothing is known yet about who it is meant for and whether it is new: that is for the session to check.
package struct OpenedMessage: Sendable, Hashable {
    package var salt: Int64
    package var sessionID: Int64
    package var messageID: MessageID
    package var sequenceNumber: Int32
    /// Where the message lies in the packet, decrypted.
    package var body: Range<Int>
    /// The token that a server names to say that it has taken a client's packet.
    package var quickAckToken: UInt32
}
