import MTProtoCrypto
import TLRuntime

/// A message that is ready to be put into a packet.
struct OutgoingMessage: Sendable {
    /// What it belongs to, so that its container can be noted there.
    enum Owner: Sendable {
        case request(RequestID)
        case service
        case acknowledgement
        /// Nobody asks what becomes of it.
        case none
    }

    /// `invokeAfterMsg#cb9f372d`, from the API's schema, with the identifier behind it.
    static let invokeAfter: UInt32 = 0xcb9f_372d

    let id: MessageID
    let sequenceNumber: Int32
    let owner: Owner
    let name: String
    /// The announcement of layer and application.
    var announcement: [UInt8] = []
    var after: MessageID?
    var body: [UInt8]
    /// Whether it has left before, as the same message: the protocol wants it in a container then.
    var needsContainer = false
    var goesAlone = false
    var wantsQuickAck = false

    var byteCount: Int { announcement.count + (after == nil ? 0 : 12) + body.count }

    /// Appends the message without a header.
    func append(to packet: inout [UInt8]) {
        packet.append(contentsOf: announcement)
        if let after {
            packet.append(littleEndian: Self.invokeAfter)
            packet.append(littleEndian: after.rawValue)
        }
        packet.append(contentsOf: body)
    }

    /// Appends the message with its header, as in a container.
    func appendContained(to packet: inout [UInt8]) {
        packet.append(littleEndian: id.rawValue)
        packet.append(littleEndian: sequenceNumber)
        packet.append(littleEndian: Int32(clamping: byteCount))
        append(to: &packet)
    }
}
