import Foundation
import TLSchema
import Testing

@Suite struct InspectTests {
    private func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// A request as it goes over the wire, its numbers taken from the schema.
    private func sendMessage() throws -> [UInt8] {
        let source = SchemaSource(path: "api.tl", bytes: try Repository.bytes("Schema/api.tl"))
        let names = SchemaSource(path: "names.json", bytes: try Repository.bytes("Schema/names.json"))
        let options = try #require(NameOverrides.read(names).value).schemaOptions
        let schema = try #require(Schema.load([source], options: options).value)
        func number(_ combinator: Combinator?) throws -> [UInt8] {
            let number = try #require(combinator).number
            return (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        }
        var bytes = try number(schema.functions.first { $0.name == QualifiedName("messages.sendMessage") })
        bytes += [0, 0, 0, 0]
        bytes += try number(schema.constructor(named: QualifiedName("inputPeerSelf")))
        bytes += [5] + Array("Hello".utf8) + [0, 0]
        bytes += [42, 0, 0, 0, 0, 0, 0, 0]
        return bytes
    }

    @Test func requestIsReadable() async throws {
        let folder = try Repository.schemaFolder()
        let bytes = try sendMessage()
        let outcome = try await Tool.run("inspect", hex(bytes), in: folder)
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output.hasPrefix("messages.sendMessage#"))
        #expect(outcome.output.contains("message: \"Hello\""))
        #expect(outcome.output.contains("random_id: 42"))
        // The same digits in other clothes.
        let spaced = bytes.map { hex([$0]).uppercased() }.joined(separator: " ")
        #expect(try await Tool.run("inspect", spaced, in: folder) == outcome)
        let lines = "0x" + hex(bytes.prefix(7)) + "\r\n\t" + hex(bytes.dropFirst(7)) + "\n"
        #expect(try await Tool.run("inspect", "-", in: folder, input: Array(lines.utf8)) == outcome)
    }

    @Test func pageOfMessagesIsReadable() async throws {
        let folder = try Repository.schemaFolder()
        let page = try Repository.bytes("Tests/Fixtures/messages-page.bin")
        let outcome = try await Tool.run("inspect", "-", in: folder, input: Array(hex(page).utf8))
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix("messages.channelMessages#"))
        #expect(outcome.output.contains("messages: vector of 100\n"))
    }

    @Test func bytesThatEndTooEarlySayWhatWasExpected() async throws {
        let folder = try Repository.schemaFolder()
        let page = try Repository.bytes("Tests/Fixtures/messages-page.bin")
        let outcome = try await Tool.run("inspect", hex(page.prefix(200)), in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(/^error: at byte \d+: .*expected/))
        #expect(outcome.errorLines.count == 1)
    }

    /// The number of the only constructor of a schema, as it is sent.
    private func number(inSchema text: String) throws -> String {
        let schema = try #require(Schema.load([SchemaSource(path: "s.tl", text: text)]).value)
        let number = try #require(schema.constructors.first).number
        return hex((0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) })
    }

    @Test func bytesBehindTheValueAreCounted() async throws {
        let text = "pong x:long = Pong;"
        let digits = try number(inSchema: text) + "0100000000000000" + "aabbcc"
        let outcome = try await Tool.run("inspect", digits, "--schema", "s.tl", in: Scratch(["s.tl": text]))
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("x: 1"))
        #expect(outcome.errors == "error: 3 of 15 bytes are left after the value, expected none\n")
    }

    @Test func severalSchemasAreLookedThrough() async throws {
        let folder = try Scratch(["a.tl": "a = A;", "b.tl": "b = B;"])
        let digits = try number(inSchema: "b = B;")
        let outcome = try await Tool.run("inspect", "--schema", "a.tl", "--schema", "b.tl", digits, in: folder)
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix("b#"))
        let unknown = try await Tool.run("inspect", "--schema", "a.tl", digits, in: folder)
        #expect(unknown.status == 1)
        #expect(unknown.output.isEmpty)
        #expect(unknown.errors.hasPrefix("error: at byte 0: found the unknown number 0x"))
    }

    @Test(arguments: [
        ("b5757299f", "the number of hex digits is odd, expected two for each byte"),
        (" 12 3g", "character 6 is 'g', expected a hex digit; 'xxd -p FILE' prints those of any file"),
        ("0x0x", "character 4 is 'x', expected a hex digit; 'xxd -p FILE' prints those of any file"),
        ("1\u{7F}", "character 2 is byte 127, expected a hex digit; 'xxd -p FILE' prints those of any file"),
        ("0x", "there are no hex digits to inspect, expected at least eight"),
        (" \n", "there are no hex digits to inspect, expected at least eight"),
    ])
    func brokenHexIsExplained(digits: String, message: String) async throws {
        let folder = try Scratch(["s.tl": "a = A;"])
        let outcome = try await Tool.run("inspect", digits, "--schema", "s.tl", in: folder)
        #expect(outcome == .init(status: 1, output: "", errors: "error: \(message)\n"))
    }
}
