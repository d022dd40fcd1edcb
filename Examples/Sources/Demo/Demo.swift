import Foundation
import TelegramAPI

/// What the generated SDK does, on real data and without a network: encode a request, decode a page of messages, turn an
/// error of the server into a class and catch it.
@main
struct Demo {
    static func main() throws {
        guard CommandLine.arguments.count == 2 else {
            print("usage: demo PAGE, where PAGE holds an encoded messages.Messages (Tests/Fixtures/messages-page.bin)")
            exit(2)
        }
        print("swift-telegram, generated from layer \(TL.layer) of the schema")
        try encodeARequest()
        try decodeAPage(from: CommandLine.arguments[1])
        catchAnError()
        try refuseBadBytes()
    }

    private static func encodeARequest() throws {
        heading("A request is a value")
        let request = TL.messages.SendMessage(
            silent: true,
            peer: .inputPeerUser(userID: 5_000_000_001, accessHash: 7_213_004_817_220_731_111),
            message: "The sky clears at nine. Bring the big telescope!",
            randomID: 4_611_686_018_427_387_904,
            entities: [.messageEntityBold(offset: 4, length: 10)]
        )
        print(request)
        let bytes = try request.encoded()
        print("\n\(bytes.count) bytes on the wire:")
        for start in stride(from: 0, to: bytes.count, by: 24) {
            let row = bytes[start..<min(start + 24, bytes.count)]
            print("  " + row.map { String(format: "%02x", $0) }.joined(separator: " "))
        }
        let function = TL.messages.SendMessage.self
        print(
            "\n\(function.name) is for \(function.usableBy == .both ? "users and bots" : function.usableBy.rawValue); its "
                + "answer is TL.\(function.Response.self) or an error, \(function.knownErrors.count) of which are known."
        )
    }

    private static func decodeAPage(from path: String) throws {
        heading("A page of messages is a value too")
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let page = try TL.messages.Messages(decoding: bytes)
        guard case .channelMessages(let content) = page else {
            print("the file holds another kind of page:\n\(page)")
            return
        }
        let names = names(of: content.users)
        print("\(bytes.count) bytes hold \(content.messages.count) of \(content.count) messages; the newest of them:\n")
        for message in content.messages.prefix(8) { show(message, names: names) }
        let same = try page.encoded() == bytes
        print("\nEncoded again it is \(same ? "the same to the byte" : "different, which is a bug").")
    }

    private static func names(of users: [TL.User]) -> [Int64: String] {
        var names: [Int64: String] = [:]
        for case .user(let user) in users {
            names[user.id] = [user.firstName, user.lastName].compactMap { $0 }.joined(separator: " ")
        }
        return names
    }

    private static func show(_ message: TL.Message, names: [Int64: String]) {
        switch message {
        case .message(let message):
            var line = "  #\(message.id) "
            if case .peerUser(let sender) = message.fromID {
                line += names[sender.userID] ?? "user \(sender.userID)"
            } else {
                line += message.postAuthor ?? "the channel"
            }
            let text = message.message.replacing("\n", with: " ")
            line += ": " + (text.isEmpty ? "(no text)" : text.count > 70 ? text.prefix(70) + "..." : text)
            if message.media != nil { line += " [with media]" }
            if let reactions = message.reactions?.results.reduce(0, { $0 + $1.count }), reactions > 0 {
                line += " (\(reactions) reactions)"
            }
            print(line)
        case .messageService(let service):
            print("  #\(service.id) \(service.action)")
        case .messageEmpty(let empty):
            print("  #\(empty.id) (deleted)")
        }
    }

    private static func catchAnError() {
        heading("An error of the server is a class")
        do {
            // This is what an answer `rpc_error` with code 420 and text FLOOD_WAIT_42 becomes.
            throw RPCError.make(code: 420, name: "FLOOD_WAIT_42", method: TL.messages.SendMessage.self)
        } catch let error as RPCError.FloodWait {
            print("caught RPCError.FloodWait: wait \(error.seconds) seconds, as a duration \(error.duration)")
            print("it prints as: \(error)")
        } catch {
            print("not caught, which is a bug: \(error)")
        }
        let unknown = RPCError.make(code: 400, name: "SOMETHING_NEW_7")
        print("an unknown name keeps its family and its number: \(type(of: unknown)), value \(unknown.value ?? -1)")
    }

    private static func refuseBadBytes() throws {
        heading("Bytes are not trusted")
        let good = try TL.InputPeer.inputPeerUser(userID: 1, accessHash: 2).encoded()
        for bytes in [Array(good.dropLast(3)), [0xDE, 0xAD, 0xBE, 0xEF], good + [0, 0, 0, 0]] {
            do {
                print(try TL.InputPeer(decoding: bytes))
            } catch {
                print("\(error)")
            }
        }
    }

    private static func heading(_ text: String) { print("\n== \(text)\n") }
}
