package import MTProto

/// A message as it came out of an encrypted packet, or out of a container in one.
package struct IncomingMessage: Sendable {
    /// The salt of the packet; messages in a container share it.
    package var salt: Int64
    package var id: MessageID
    package var sequenceNumber: Int32
    package var body: ArraySlice<UInt8>

    package init(salt: Int64, id: MessageID, sequenceNumber: Int32, body: ArraySlice<UInt8>) {
        self.salt = salt
        self.id = id
        self.sequenceNumber = sequenceNumber
        self.body = body
    }

    /// Whether its sender counts it among the messages that have to be acknowledged.
    var isContentRelated: Bool { sequenceNumber & 1 == 1 }

    /// The number that the body starts with; zero when it is too short to have one.
    var constructor: UInt32 { body.constructor }

    /// The same message with another body: inflated, or unwrapped.
    func with(body: ArraySlice<UInt8>) -> IncomingMessage {
        IncomingMessage(salt: salt, id: id, sequenceNumber: sequenceNumber, body: body)
    }
}
