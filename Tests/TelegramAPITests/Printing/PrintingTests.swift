import TLSchema
import TelegramAPI
import TelegramTesting
import Testing

/// How generated values look when they are printed.
@Suite struct PrintingTests {
    @Test func requestPrintsAsReadableTL() {
        let request = TL.messages.SendMessage(
            silent: true,
            peer: .inputPeerUser(userID: 1, accessHash: -2),
            message: "it's \"here\"\n",
            randomID: 3
        )
        #expect(
            "\(request)" == #"""
                messages.sendMessage(
                  silent: true
                  peer: inputPeerUser(user_id: 1, access_hash: -2)
                  message: "it's \"here\"\n"
                  random_id: 3
                )
                """#
        )
    }

    @Test func shortValuesTakeOneLine() {
        #expect("\(TL.InputPeer.inputPeerSelf)" == "inputPeerSelf")
        #expect("\(TL.Peer.peerUser(userID: 7))" == "peerUser(user_id: 7)")
        #expect("\(TL.JSONValue.jsonArray(value: [.jsonBool(value: true), .jsonNull]))".hasPrefix("jsonArray(value: ["))
    }

    @Test func longBytesAreCut() {
        let file = TL.upload.File.file(type: .fileUnknown, mtime: 0, bytes: [UInt8](repeating: 0xAB, count: 9000))
        let text = "\(file)"
        #expect(text.contains("bytes: 0x" + String(repeating: "ab", count: 32) + "... (9000 bytes)"))
        #expect(text.utf8.count < 200)
    }

    @Test func pagePrintsEveryMessageWithItsText() throws {
        let page = try RepositoryFiles.bytes("Tests", "Fixtures", "messages-page.bin")
        let value = try TL.messages.Messages(decoding: page)
        let text = "\(value)"
        guard case .channelMessages(let messages) = value else {
            Issue.record("the page is no longer a 'messages.channelMessages'")
            return
        }
        #expect(text.hasPrefix("messages.channelMessages(\n"))
        #expect(text.hasSuffix("\n)"))
        var rest = text[...]
        for message in messages.messages {
            let start = try #require(rest.firstRange(of: "\(message)".prefix { $0 != "(" } + "("))
            rest = rest[start.upperBound...]
            let id = try #require(rest.firstRange(of: "id: \(message.id)"))
            rest = rest[id.upperBound...]
        }
    }

    /// The inspector prints with the schema at hand, generated code with a table of its own: both must see the same
    /// objects in the same order.
    @Test func everyConstructorAndFunctionPrintsTheObjectsThatTheSchemaSees() throws {
        let schema = try loadedSchema()
        let decoder = ValueDecoder(schemas: [schema])
        var samples = Samples(of: schema, seed: Seed.value)
        var printed = 0
        for (combinator, bytes) in samples.round(depth: 1) {
            let text =
                combinator.kind == .constructor
                ? "\(try TL.object(decoding: bytes))" : "\(try TL.function(decoding: bytes))"
            var names: [String] = []
            collectNames(try decoder.decode(bytes).value, into: &names)
            var rest = text[...]
            for name in names {
                guard let found = rest.firstRange(of: name) else {
                    Issue.record("'\(name)' is missing in the text of \(combinator.name); \(Seed.hint)")
                    break
                }
                rest = rest[found.upperBound...]
            }
            #expect(text.hasSuffix(combinator.fields.isEmpty ? names[0] : ")"), "\(combinator.name); \(Seed.hint)")
            printed += 1
        }
        #expect(printed == Samples.constructorCount + Samples.functionCount)
    }

    private func collectNames(_ value: TLValue, into names: inout [String]) {
        switch value {
        case .object(let object):
            names.append("\(object.combinator.name)")
            for case let value? in object.values { collectNames(value, into: &names) }
        case .vector(let elements, _):
            for element in elements { collectNames(element, into: &names) }
        case .int, .long, .double, .int128, .int256, .string, .bytes, .bool, .flags, .present: break
        }
    }
}
