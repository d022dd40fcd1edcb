import Foundation
import TLSchema
import Testing

@testable import TLGenerator

/// The reference of the schema in `Schema`.
@Suite struct RealSiteTests {
    private static let result: Checked<ReferencePipeline.Result> = {
        return ReferencePipeline().run(
            ReferencePipeline.Inputs(
                sources: GeneratorPipeline.Inputs(
                    schema: [source("api.tl")],
                    errors: source("errors.json"),
                    methods: source("methods.csv"),
                    types: source("types.csv"),
                    history: source("history.csv"),
                    names: source("names.json")
                ),
                changes: source("changes.csv")
            )
        )
    }()

    private static func source(_ name: String) -> SchemaSource {
        let folder = URL(fileURLWithPath: RealSchemasTests.paths[0]).deletingLastPathComponent()
        let data = try? Data(contentsOf: folder.appending(component: name))
        return SchemaSource(path: name, bytes: [UInt8](data ?? Data()))
    }

    private let outputs: [ReferencePipeline.Output]
    private var pages: [ReferencePipeline.Output] { outputs.filter { $0.path.hasSuffix(".html") } }

    init() throws {
        #expect(Self.result.diagnostics.isEmpty)
        outputs = try #require(Self.result.value, "\(Self.result.diagnostics)").outputs
    }

    @Test func everyKindOfThingHasItsPages() {
        func count(_ folder: String) -> Int {
            pages.count { $0.path.hasPrefix(folder + "/") && !$0.path.contains("/index") }
        }
        #expect(count("methods") == 808)
        // Three constructors of the language itself, of two types, share a page.
        #expect(count("constructors") == 1_642)
        #expect(count("types") == 608 + 1)
        #expect(count("errors") == 825)
        #expect(count("namespaces") > 25)
        #expect(count("families") >= 9 + 5)
        #expect(count("layers") >= 6)
    }

    @Test func siteAndPagesStaySmall() {
        let size = outputs.reduce(0) { $0 + $1.bytes.count }
        #expect(size < 12_000_000, "\(size)")
        let large = pages.filter { $0.bytes.count >= 60_000 }.map(\.path)
        #expect(large.isEmpty, "\(large)")
    }

    @Test func pathsAreFitForEveryFileSystem() {
        let lowercased = Set(outputs.map { $0.path.lowercased() })
        #expect(lowercased.count == outputs.count)
        let odd = outputs.map(\.path).filter { path in
            !path.utf8.allSatisfy {
                ($0 >= 0x30 && $0 <= 0x39) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || "./_-".utf8.contains($0)
            }
        }
        #expect(odd.isEmpty, "\(odd)")
    }

    @Test func everyLinkLeadsSomewhere() {
        let paths = Set(outputs.map(\.path))
        var broken: [String] = []
        var count = 0
        for page in pages {
            let folder = page.path.contains("/") ? String(page.path.prefix { $0 != "/" }) + "/" : ""
            for link in Self.links(in: page.bytes)
            where !link.hasPrefix("#") && !link.hasPrefix("https://core.telegram.org/") {
                count += 1
                let path = link.prefix { $0 != "#" }
                let target = path.hasPrefix("../") ? String(path.dropFirst(3)) : folder + path
                if !paths.contains(target) { broken.append("\(page.path): \(link)") }
            }
        }
        #expect(count > 80_000)
        #expect(broken.isEmpty, "\(broken.prefix(10))")
    }

    @Test func nothingIsEscapedTwiceOrNotAtAll() {
        for page in pages {
            let text = String(decoding: page.bytes, as: UTF8.self)
            for wrong in [
                "&amp;amp;", "&amp;lt;", "&amp;gt;", "&amp;quot;", "Vector<int", "Vector<long", "Vector<string",
                "Vector<Mes", "Optional(",
            ]
            where text.contains(wrong) {
                Issue.record("\(page.path) contains \(wrong)")
            }
        }
    }

    @Test func examplesAreRequestsThatTheServerTakes() throws {
        let text = String(decoding: try #require(Self.result.value).examples, as: UTF8.self)
        // A placeholder stands on its own page only.
        let placeholders = text.split(separator: "\n// ").filter { example in
            example.split(separator: "\n").dropFirst().contains { line in
                line.split(separator: ".").dropFirst().contains {
                    $0.hasPrefix("input") && $0.prefix { $0.isLetter }.hasSuffix("Empty")
                }
            } && !example.prefix { $0 != "\n" }.hasSuffix("Empty.html")
        }
        #expect(placeholders.isEmpty, "\(placeholders)")
        #expect(text.contains("        phoneCodeHash: \"example\",\n        phoneCode: \"22222\"\n"))
        #expect(text.contains("limit: 131_072") && !text.contains("inputMediaDice(emoticon: \"\\u{1F44D}\")"))
        #expect(text.contains("TL.account.UpdateProfile(about: \"A few words.\")"))
    }

    @Test func overridesOfExamplesAreAboutWhatTheSchemaHas() throws {
        let schema = try #require(Schema.load([Self.source("api.tl")]).value)
        let combinators = Dictionary(
            (schema.constructors + schema.functions).map { ($0.name.description, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        func missing(_ owner: String, _ fields: some Sequence<String>) -> [String] {
            fields.filter { field in combinators[owner]?.fields.contains { $0.name == field } != true }
                .map { "\(owner).\($0)" }
        }
        func isMade(_ constructor: String, of type: String) -> Bool {
            schema.type(named: QualifiedName(type))?.constructors.contains { $0.name.description == constructor }
                == true
        }
        #expect(ExampleOverrides.literals.flatMap { missing($0.key, $0.value.keys) }.isEmpty)
        #expect(ExampleOverrides.needed.flatMap { missing($0.key, $0.value) }.isEmpty)
        #expect(ExampleOverrides.constructorsOfFields.flatMap { missing($0.key, $0.value.keys) }.isEmpty)
        #expect(ExampleOverrides.constructors.filter { !isMade($0.value, of: $0.key) }.isEmpty)
        let preferred = ExampleOverrides.constructorsOfFields.flatMap(\.value.values)
        #expect(preferred.filter { combinators[$0] == nil }.isEmpty)
    }

    @Test func examplesCatchWhatProgramsMeet() throws {
        func page(_ path: String) throws -> String {
            String(decoding: try #require(outputs.first { $0.path == path }).bytes, as: UTF8.self)
        }
        let signIn = try page("methods/auth.signIn.html")
        #expect(signIn.contains("catch let error as RPCError.SessionPasswordNeeded {"))
        #expect(signIn.contains("catch let error as RPCError.PhoneCodeInvalid {"))
        #expect(signIn.contains(#"<a href="../errors/SESSION_PASSWORD_NEEDED.html">"#))
        let send = try page("methods/messages.sendMessage.html")
        #expect(send.contains("RPCError.SlowModeWait {") && send.contains("RPCError.ChatWriteForbidden {"))
        // What may go wrong inside says nothing about the wrapper.
        let wrapper = try page("methods/invokeWithLayer.html").components(separatedBy: "catch let error as ")
        #expect(wrapper.dropFirst().map { $0.prefix { $0 != " " } } == ["RPCError.FloodWait", "RPCError"])
    }

    @Test func searchIndexIsJSONBehindOneCall() throws {
        let index = try #require(outputs.first { $0.path == "search.js" })
        let text = String(decoding: index.bytes, as: UTF8.self)
        #expect(text.hasPrefix("telegramIndex([") && text.hasSuffix("]);\n"))
        // A script knows one escape that JSON does not.
        let json = text.dropFirst("telegramIndex(".count).dropLast(3).replacing("\\x3C", with: "<")
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[Any]])
        #expect(rows.count > 3_900)
        #expect(rows.allSatisfy { $0.count == 5 })
    }

    /// What stands in `href` and `src`.
    private static func links(in bytes: [UInt8]) -> [String] {
        var links: [String] = []
        for piece in bytes.split(separator: UInt8(ascii: " "))
        where piece.starts(with: Array("href=\"".utf8)) || piece.starts(with: Array("src=\"".utf8)) {
            let parts = piece.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
            links.append(String(decoding: parts[1], as: UTF8.self))
        }
        return links
    }
}
