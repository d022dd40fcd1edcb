import TLSchema
import Testing

@Suite struct MethodTableTests {
    private let header = "method,usable_by,errors,friendly,summary\n"

    private func read(_ rows: String) -> Checked<MethodTable> {
        MethodTable.read(SchemaSource(path: "m.csv", text: header + rows))
    }

    @Test func rowsAreRead() throws {
        let table = try #require(
            read(
                "messages.sendMessage,both,CHAT_INVALID FLOOD_WAIT_%d,sendMessage ~Message.reply,\"Sends, well.\"\n"
                    + "ping,bot,,,\n"
            )
            .value
        )
        let send = try #require(table[QualifiedName("messages.sendMessage")])
        #expect(send.usableBy == .both)
        #expect(send.errors == ["CHAT_INVALID", "FLOOD_WAIT_%d"])
        #expect(send.friendly.map(\.name) == ["sendMessage", "Message.reply"])
        #expect(send.friendly.map(\.isPlanned) == [false, true])
        #expect(send.friendly.map(\.path) == ["client.sendMessage", "Message.reply"])
        #expect(send.summary == "Sends, well.")
        #expect(send.location == SourceLocation(path: "m.csv", line: 2, column: 1))
        #expect(send.errorsLocation == SourceLocation(path: "m.csv", line: 2, column: 27))
        let ping = try #require(table[QualifiedName("ping")])
        #expect(ping.errors.isEmpty && ping.friendly.isEmpty && ping.summary == nil)
        #expect(table[QualifiedName("pong")] == nil)
    }

    private static let notFriendly =
        "in 'friendly' is not a Swift name, expected 'name' or 'Type.name', or '~' and one of these for what is planned"

    @Test(arguments: [
        ("a.b.c,user,,,\n", "2:1: error: 'a.b.c' is not the name of a method"),
        ("1a,user,,,\n", "2:1: error: '1a' is not the name of a method"),
        (",user,,,\n", "2:1: error: '' is not the name of a method"),
        ("a,admin,,,\n", "2:3: error: 'admin' in 'usable_by' is unknown, expected 'user', 'bot' or 'both'"),
        ("a,user,X Y X,,\n", "2:8: error: 'X' is listed twice"),
        ("a,user,,send_it,\n", "2:9: error: 'send_it' \(notFriendly)"),
        ("a,user,,message.send,\n", "2:9: error: 'message.send' \(notFriendly)"),
        ("a,user,,A.B.send,\n", "2:9: error: 'A.B.send' \(notFriendly)"),
        ("a,user,,~,\n", "2:9: error: '~' \(notFriendly)"),
        ("a,user,,~~send,\n", "2:9: error: '~~send' \(notFriendly)"),
        (
            "a,user,\n", "2:1: error: this row has 3 fields, expected 5: method,usable_by,errors,friendly,summary"
        ),
    ])
    func mistakeIsReportedAtItsPlace(row: String, finding: String) {
        #expect(lines(read(row).diagnostics) == ["m.csv:\(finding)"])
    }

    @Test func secondRowOfAMethodNamesBothPlaces() {
        #expect(
            lines(read("a,user,,,\nb,user,,,\na,bot,,,\n").diagnostics) == [
                "m.csv:4:1: error: the method 'a' has a second row, expected one",
                "m.csv:2:1: note: the first one is here",
            ]
        )
    }

    @Test func fileOfTheRepositoryIsInItsCanonicalForm() throws {
        let source = try SchemaFiles.repository("methods.csv")
        let table = try #require(MethodTable.read(source).value)
        #expect(table.fileText == String(decoding: source.bytes, as: UTF8.self))
        #expect(table[QualifiedName("messages.sendMessage")]?.friendly.map(\.tableText) == ["~sendMessage"])
    }
}
