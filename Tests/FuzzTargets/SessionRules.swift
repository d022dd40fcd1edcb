import MTProto
import MTProtoCrypto

/// What a client's session promises, whatever a server that has the key sends, and whatever somebody sends who has not.
///
/// The first byte picks: the script of a whole session, or one of the readers that it uses, alone.
public enum SessionRules {
    private static let parsedLimit = 1 << 16

    /// The rule that an input breaks; `nil` when all hold.
    public static func violation(by input: [UInt8]) -> String? {
        var reader = InputReader(input)
        let choice = reader.byte()
        switch choice {
        case 252: return contentViolation(by: reader.remainder())
        case 253: return rawViolation(by: &reader)
        case 254: return sealedViolation(by: &reader)
        default:
            guard var script = SessionScript(options: choice) else { return "a session can be made" }
            return script.violation(by: &reader)
        }
    }

    // MARK: - Readers alone

    private static func contentViolation(by bytes: [UInt8]) -> String? {
        do throws(MTProtoError) {
            switch try MessageContent.parse(bytes[...]) {
            case .container(let messages):
                let sum = messages.reduce(8) { $0 + ContainedMessage.headerByteCount + $1.body.count }
                if sum > bytes.count { return "messages of a container lie in it" }
                if messages.count > MessageContent.maximumContainerCount { return "a container has a limit" }
            case .compressed:
                let content = try MessageContent.inflate(bytes[...], limit: parsedLimit)
                if content.count > parsedLimit { return "inflated content keeps the limit" }
            case .copy(let message):
                if message.body.count + 20 > bytes.count { return "a copy lies in its message" }
            case .result(_, let result):
                if result.count != bytes.count - 12 { return "a result is the rest" }
            case .object(let number):
                if number != bytes[...].constructor { return "an object has its number" }
            }
            return nil
        } catch {
            return ErrorRules.violation(by: error)
        }
    }

    /// A packet of somebody without the key.
    private static func rawViolation(by reader: inout InputReader) -> String? {
        guard let key = FuzzKeys.authKey else { return "there is a key" }
        let side: MessageSide = reader.byte() & 1 == 0 ? .client : .server
        var packet = reader.remainder()
        if packet.count >= 8 { packet.replaceSubrange(0..<8, with: key.id.littleEndianBytes) }
        do throws(MTProtoError) {
            _ = try Envelope.open(&packet, key: key, from: side)
            return "a packet is opened only when it was sealed with the key"
        } catch {
            return ErrorRules.violation(by: error)
        }
    }

    /// Any content, sealed as it has to be.
    private static func sealedViolation(by reader: inout InputReader) -> String? {
        guard let key = FuzzKeys.authKey else { return "there is a key" }
        let side: MessageSide = reader.byte() & 1 == 0 ? .client : .server
        var packet = [UInt8](repeating: 0, count: Envelope.openByteCount) + reader.remainder()
        packet += [UInt8](repeating: 0, count: -(packet.count - Envelope.openByteCount) & 15)
        guard packet.count > Envelope.openByteCount else { return nil }
        let content = packet
        let token = Envelope.encrypt(&packet, key: key, from: side)
        var mirrored = packet
        if (try? Envelope.open(&mirrored, key: key, from: side == .client ? .server : .client)) != nil {
            return "nobody takes what comes from the own side"
        }
        do throws(MTProtoError) {
            let opened = try Envelope.open(&packet, key: key, from: side)
            if opened.quickAckToken != token { return "both sides know the token" }
            if packet[Envelope.openByteCount...] != content[Envelope.openByteCount...] {
                return "content comes out as it went in"
            }
            let padding = packet.count - opened.body.upperBound
            if opened.body.lowerBound != 56 || !Envelope.padding.contains(padding) { return "padding keeps its limits" }
            return opened.body.count.isMultiple(of: 4) ? nil : "a message consists of words"
        } catch {
            return ErrorRules.violation(by: error)
        }
    }
}
