/// A message with a header of its own, as it lies in a container.
package struct ContainedMessage: Sendable, Hashable {
    /// Identifier, sequence number and length, in bytes.
    package static let headerByteCount = 16

    package var id: MessageID
    package var sequenceNumber: Int32
    package var body: ArraySlice<UInt8>

    package init(id: MessageID, sequenceNumber: Int32, body: ArraySlice<UInt8>) {
        self.id = id
        self.sequenceNumber = sequenceNumber
        self.body = body
    }

    /// Whether the other side waits for an acknowledgment.
    package var isContentRelated: Bool { sequenceNumber & 1 == 1 }

    /// Reads the message that `bytes` start with, and says where the next one starts.
    static func first(in bytes: ArraySlice<UInt8>) throws(MTProtoError) -> (ContainedMessage, rest: ArraySlice<UInt8>) {
        guard let id: Int64 = bytes.integer(at: 0), let sequenceNumber: Int32 = bytes.integer(at: 8),
            let announced: Int32 = bytes.integer(at: 12)
        else {
            throw MTProtoError(
                .container,
                "a message in a container needs a header of 16 bytes, and \(bytes.count) are left"
            )
        }
        let length = Int(announced)
        let content = bytes.dropFirst(headerByteCount)
        guard length >= 0, length <= content.count, length.isMultiple(of: 4) else {
            throw MTProtoError(
                .container,
                "a message in a container announces \(length) bytes, where a multiple of 4 up to \(content.count) was expected"
            )
        }
        let message = ContainedMessage(
            id: MessageID(id),
            sequenceNumber: sequenceNumber,
            body: content.prefix(length)
        )
        return (message, content.dropFirst(length))
    }
}
