import Foundation
import Testing

@testable import TLGenerator

@Suite struct ConfigurationFileTests {
    private func read(_ json: String) throws -> ConfigurationFile {
        try ConfigurationFile(json: Data(json.utf8))
    }

    private func message(_ json: String) -> String {
        do {
            return "read: \(try read(json))"
        } catch {
            return "\(error)"
        }
    }

    @Test func whatIsNotSaidHasAUsualValue() throws {
        let file = try read(#"{"targets": {"A": {"schema": ["a.tl"]}}}"#)
        #expect(file.targets == ["A": GeneratorConfiguration(schema: ["a.tl"])])
        #expect(file.targets["A"]?.root == "TL")
        #expect(file.targets["A"]?.access == .public)
        #expect(file.targets["A"]?.shards == 8)
    }

    @Test func everythingCanBeSaid() throws {
        let file = try read(
            """
            {"targets": {"A": {"schema": ["a.tl", "b.tl"], "errors": "e", "methods": "m", "history": "h", "names": "n",
              "root": "API", "access": "internal", "contents": "functionDecoders", "module": "B", "shards": 64}}}
            """
        )
        let configuration = GeneratorConfiguration(
            schema: ["a.tl", "b.tl"],
            errors: "e",
            methods: "m",
            history: "h",
            names: "n",
            root: "API",
            access: .internal,
            contents: .functionDecoders,
            module: "B",
            shards: 64
        )
        #expect(file.targets == ["A": configuration])
        #expect(configuration.inputs == ["a.tl", "b.tl", "e", "m", "h", "n"])
        #expect(!configuration.reference)
        let again = try read(String(decoding: try JSONEncoder().encode(file), as: UTF8.self))
        #expect(again == file)
    }

    @Test func referenceReadsTheChangesAndIsNoOutput() throws {
        let entry = #"{"schema": ["a"], "reference": true, "changes": "c"}"#
        let configuration = try #require(try read(#"{"targets": {"A": \#(entry)}}"#).targets["A"])
        #expect(configuration == GeneratorConfiguration(schema: ["a"], reference: true, changes: "c"))
        #expect(configuration.inputs == ["a", "c"])
        #expect(configuration.outputs == GeneratorConfiguration(schema: ["a"]).outputs)
    }

    @Test(arguments: [
        ("{}", "the document lacks the key 'targets'"),
        (#"{"targets": {"A": {}}}"#, "'targets.A' lacks the key 'schema'"),
        (#"{"targets": {}, "tarhets": {}}"#, "the document has the unknown key 'tarhets', expected one of: targets"),
        (
            #"{"targets": {"A": {"schema": ["a"], "rot": "X"}}}"#,
            "'targets.A' has the unknown key 'rot', expected one of: "
                + "schema, errors, methods, types, history, names, root, access, contents, module, reference, changes, shards"
        ),
        (#"{"targets": {"A": {"schema": []}}}"#, "'targets.A': 'schema' names no file"),
        (
            #"{"targets": {"A": {"schema": ["a"], "shards": 0}}}"#,
            "'targets.A': 'shards' is 0, expected 1 to 64"
        ),
        (
            #"{"targets": {"A": {"schema": ["a"], "shards": 65}}}"#,
            "'targets.A': 'shards' is 65, expected 1 to 64"
        ),
        (
            #"{"targets": {"A": {"schema": ["a"], "root": "tl"}}}"#,
            "'targets.A': 'root' is 'tl', expected the name of a Swift type such as 'TL'"
        ),
        (
            #"{"targets": {"A": {"schema": ["a"], "root": "T.L"}}}"#,
            "'targets.A': 'root' is 'T.L', expected the name of a Swift type such as 'TL'"
        ),
        (
            #"{"targets": {"A": {"schema": ["a"], "module": "My-API"}}}"#,
            "'targets.A': 'module' is 'My-API', expected the name of a Swift module"
        ),
        (
            #"{"targets": {"A": {"schema": ["a"], "contents": "functionDecoders"}}}"#,
            "'targets.A' lacks the key 'module', which names the module that holds the types when the contents are "
                + "'functionDecoders'"
        ),
        (
            #"{"targets": {"A": {"schema": ["a"], "access": "open"}}}"#,
            "'targets.A.access' is 'open', expected one of: public, package, internal"
        ),
        (
            #"{"targets": {"A": {"schema": ["a"], "contents": "all"}}}"#,
            "'targets.A.contents' is 'all', expected one of: sdk, functionDecoders"
        ),
        (#"{"targets": {"A": {"schema": "a.tl"}}}"#, "'targets.A.schema' is not a list"),
        (#"{"targets": {"A": {"schema": ["a"], "root": 1}}}"#, "'targets.A.root' is not a string"),
        (#"{"targets": {"A": {"schema": ["a"], "shards": "8"}}}"#, "'targets.A.shards' is not a whole number"),
        (#"{"targets": {"A": {"schema": ["a"], "reference": "yes"}}}"#, "'targets.A.reference' is not true or false"),
        (
            #"{"targets": {"A": {"schema": ["a"], "contents": "functionDecoders", "module": "B", "reference": true}}}"#,
            "'targets.A': 'reference' is true, which goes with the contents 'sdk' only"
        ),
        (#"{"targets": 1}"#, "'targets' is not an object"),
        ("[]", "the document is not an object"),

    ])
    func mistakeIsNamedWithItsPlace(json: String, expected: String) {
        #expect(message(json) == expected)
    }

    @Test(arguments: ["", "{", "[]", "{\"targets\": 1}", "nonsense", "{\"targets\": {\"A\": null}}"])
    func whatIsNoConfigurationIsRefused(json: String) {
        #expect(throws: ConfigurationError.self) { try read(json) }
    }
}
