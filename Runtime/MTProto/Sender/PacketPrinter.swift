import MTProtoCrypto
import TLRuntime

/// Writes the messages of a packet as lines of text.
struct PacketPrinter {
    /// How deeply messages are followed into each other.
    private static let deepestNesting = 4
    private static let maximumLines = 200
    private static let longestText = 2_000
    private static let inflatedLimit = 1 << 20

    let shownByteCount: Int
    private(set) var lines: [String] = []

    init(shownByteCount: Int) { self.shownByteCount = shownByteCount }

    /// A message of a key exchange: only its name, since its fields are secrets, or lead to them.
    mutating func unencrypted(_ packet: [UInt8]) {
        let body = packet.dropFirst(UnencryptedMessage.headerByteCount)
        add("\(MTP.fieldTable.name(of: body.constructor) ?? Self.hex(body.constructor)), \(body.count) bytes", depth: 0)
    }

    mutating func encrypted(_ packet: [UInt8], key: AuthKey, from side: MessageSide) {
        var packet = packet
        do {
            let message = try Envelope.open(&packet, key: key, from: side)
            body(packet[message.body], heading: "\(message.messageID) #\(message.sequenceNumber)", depth: 0)
        } catch {
            add("cannot be decrypted: \(error)", depth: 0)
        }
    }

    // MARK: - Messages

    private mutating func body(_ bytes: ArraySlice<UInt8>, heading: String, depth: Int) {
        guard depth < Self.deepestNesting else { return masked(bytes, heading, depth) }
        do {
            switch try MessageContent.parse(bytes) {
            case .container(let messages):
                add("\(heading) msg_container", depth: depth)
                for message in messages where lines.count < Self.maximumLines {
                    body(message.body, heading: "\(message.id) #\(message.sequenceNumber)", depth: depth + 1)
                }
            case .copy(let message):
                add("\(heading) msg_copy", depth: depth)
                body(message.body, heading: "\(message.id) #\(message.sequenceNumber)", depth: depth + 1)
            case .result(of: let request, let result):
                body(result, heading: "\(heading) rpc_result(req_msg_id: \(request))", depth: depth)
            case .compressed:
                let content = try MessageContent.inflate(bytes, limit: Self.inflatedLimit)
                body(content[...], heading: "\(heading) gzip_packed", depth: depth + 1)
            case .object(let number) where MTP.fieldTable.name(of: number) != nil:
                let text = Self.withoutSalts(MTP.fieldTable.text(of: Array(bytes)))
                add("\(heading) \(text.prefix(Self.longestText))", depth: depth)
            case .object: masked(bytes, heading, depth)
            }
        } catch {
            add("\(heading) \(bytes.count) bytes that cannot be read: \(error)", depth: depth)
        }
    }

    /// Salts are what a server knows its client by beside the key, in three kinds of messages: `new_server_salt: 7`,
    /// `server_salt: 7`, `salt: 7`.
    private static func withoutSalts(_ text: String) -> String {
        let parts = text.split(separator: "salt: ", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce(into: String(parts.first ?? "")) { text, part in
            text += "salt: (hidden)" + part.drop { $0 == "-" || $0.isNumber }
        }
    }

    /// What belongs to the API, or lies too deep.
    private mutating func masked(_ bytes: ArraySlice<UInt8>, _ heading: String, _ depth: Int) {
        var text = "\(heading) \(Self.hex(bytes.constructor)), \(bytes.count) bytes"
        let shown = bytes.dropFirst(4).prefix(shownByteCount)
        if !shown.isEmpty { text += ": " + shown.map { Self.digits(UInt32($0), count: 2) }.joined() + "..." }
        add(text, depth: depth)
    }

    private mutating func add(_ text: String, depth: Int) {
        guard lines.count < Self.maximumLines else { return }
        lines.append(String(repeating: "  ", count: depth) + text)
    }

    private static func hex(_ number: UInt32) -> String { "0x" + digits(number, count: 8) }

    private static func digits(_ number: UInt32, count: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
    }
}
