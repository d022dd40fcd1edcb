/// Messages that travel together.
struct MessageBatch: Sendable {
    private static let containerHeaderByteCount = 8

    private let maximumCount: Int
    private let maximumBytes: Int
    private(set) var messages: [OutgoingMessage] = []
    private var byteCount = 0

    init(maximumCount: Int, maximumBytes: Int) {
        self.maximumCount = max(maximumCount, 1)
        self.maximumBytes = maximumBytes
    }

    var isEmpty: Bool { messages.isEmpty }

    /// Whether a message of this size still fits. The first one always does: alone it needs no container.
    func hasRoom(for messageByteCount: Int) -> Bool {
        messages.isEmpty
            || messages.count < maximumCount
                && byteCount + messageByteCount + ContainedMessage.headerByteCount <= maximumBytes
    }

    mutating func append(_ message: OutgoingMessage) {
        messages.append(message)
        byteCount += message.byteCount + ContainedMessage.headerByteCount
    }

    mutating func removeAll() {
        messages.removeAll(keepingCapacity: true)
        byteCount = 0
    }

    /// Whether the messages need a container around them.
    var needsContainer: Bool { messages.count > 1 || messages.contains(where: \.needsContainer) }

    /// The bytes of a container with the messages.
    var containerByteCount: Int { Self.containerHeaderByteCount + byteCount }

    func appendContainer(to packet: inout [UInt8]) {
        packet.append(littleEndian: FramedConstructor.messageContainer)
        packet.append(littleEndian: Int32(clamping: messages.count))
        for message in messages { message.appendContained(to: &packet) }
    }
}
