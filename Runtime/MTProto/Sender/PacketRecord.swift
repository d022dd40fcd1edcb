/// A packet as a person wants to see it: which messages are in it, service messages with their fields, and of messages
/// of the API only number and length, since those carry texts, phone numbers, codes and tokens.
package struct PacketRecord: Sendable {
    package enum Direction: String, Sendable {
        case sent, received
    }

    /// How many bytes of a message of the API are shown; they may be secret, so normally none.
    package static let shownByteCount = 0

    package let direction: Direction
    /// Which connection it belongs to.
    package let connection: String
    /// The length of the packet.
    package let byteCount: Int
    /// A line for each message, indented by containers.
    package let lines: [String]

    /// Looks into a packet; without the key it shows the length of what it cannot decrypt.
    package init(
        _ packet: [UInt8],
        _ direction: Direction,
        key: AuthKey?,
        connection: String,
        shownByteCount: Int = Self.shownByteCount
    ) {
        self.direction = direction
        self.connection = connection
        byteCount = packet.count
        var printer = PacketPrinter(shownByteCount: shownByteCount)
        if packet.prefix(8).allSatisfy({ $0 == 0 }) {
            printer.unencrypted(packet)
        } else if let key {
            printer.encrypted(packet, key: key, from: direction == .sent ? .client : .server)
        }
        lines = printer.lines
    }
}

extension PacketRecord: CustomStringConvertible {
    /// `dc2 sent 152 bytes`, and the messages below.
    package var description: String {
        (["\(connection) \(direction.rawValue) \(byteCount) bytes"] + lines.map { "    " + $0 }).joined(separator: "\n")
    }
}
