import Foundation
import TLGenerator
import TLSchema
import Testing

/// The schemas the project exists for: the one in `Schema`, and older layers from the folder that the environment
/// variable `TL_LAYERS_DIR` names, where it is set.
struct RealSchemasTests {
    static let paths: [String] = {
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var paths = ["api.tl", "mtproto.tl"].map { repository.appendingPathComponent("Schema/\($0)").path }
        if let folder = ProcessInfo.processInfo.environment["TL_LAYERS_DIR"],
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
        {
            paths += names.filter { $0.hasSuffix(".tl") }.sorted().map { "\(folder)/\($0)" }
        }
        return paths
    }()

    /// Names of the real `names.json`, which old layers need as well as the new one.
    static func inputs(_ path: String) throws -> GeneratorPipeline.Inputs {
        let names = URL(fileURLWithPath: paths[0]).deletingLastPathComponent().appendingPathComponent("names.json").path
        func source(_ path: String) throws -> SchemaSource {
            SchemaSource(path: path, bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
        }
        return GeneratorPipeline.Inputs(schema: [try source(path)], names: try source(names))
    }

    @Test(arguments: paths, GeneratorConfiguration.Contents.allCases)
    func everyDeclarationIsGeneratedWithoutADiagnostic(
        path: String,
        contents: GeneratorConfiguration.Contents
    ) throws {
        let configuration = GeneratorConfiguration(schema: [path], contents: contents)
        let run = GeneratorPipeline(configuration).run(try Self.inputs(path))
        #expect(run.diagnostics.isEmpty, "\(run.diagnostics)")
        let result = try #require(run.value)
        let combinators = contents == .sdk ? result.schema.constructors : result.schema.functions
        #expect(combinators.count > 5)
        let written = Self.numbers(in: result.outputs)
        let missing = combinators.filter { !written.contains($0.number) }
        #expect(missing.isEmpty, "\(missing.map(\.name))")
    }

    /// The table tells people what to call; what it calls planned must not be there yet.
    @Test func friendlyMethodsExistUnlessTheyArePlanned() throws {
        let repository = URL(fileURLWithPath: Self.paths[0]).deletingLastPathComponent().deletingLastPathComponent()
        let table = repository.appending(path: "Schema/methods.csv")
        let source = SchemaSource(path: "methods.csv", bytes: [UInt8](try Data(contentsOf: table)))
        let friendly = Set(try #require(MethodTable.read(source).value).methods.flatMap(\.friendly))
        let folder = repository.appending(path: "Runtime/Telegram")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
        var members: Set<String> = []
        for file in files where file.hasSuffix(".swift") {
            guard let type = file.split(separator: "/").last?.prefix(while: \.isLetter) else { continue }
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            for start in ["public func ", "public var ", "public static func "] {
                for declaration in text.components(separatedBy: start).dropFirst() {
                    let name = declaration.prefix { $0.isLetter || $0.isNumber }
                    members.insert(type == "TelegramClient" ? "client.\(name)" : "\(type).\(name)")
                }
            }
        }
        #expect(members.contains("client.connect") && friendly.count > 50)
        let wrong = friendly.filter { members.contains($0.path) == $0.isPlanned }
        #expect(wrong.isEmpty, "\(wrong.map(\.tableText).sorted())")
    }

    @Test func documentOfErrorsNamesThePropertyOfEveryNumber() throws {
        let repository = URL(fileURLWithPath: Self.paths[0]).deletingLastPathComponent().deletingLastPathComponent()
        let table = try Data(contentsOf: repository.appending(path: "Schema/errors.json"))
        let errors = try #require(ErrorCatalog.read(SchemaSource(path: "errors.json", bytes: [UInt8](table))).value)
        let document = try String(contentsOf: repository.appending(path: "docs/errors.md"), encoding: .utf8)
        let section = try #require(document.components(separatedBy: "### Numbers in names").last)
        let names = Set(errors.definitions.flatMap { $0.parameters.map(\.name) })
        #expect(names.count > 8)
        #expect(names.filter { !section.contains("`\($0)`") }.isEmpty)
    }

    /// Every `0x` with eight digits.
    private static func numbers(in outputs: [GeneratorPipeline.Output]) -> Set<UInt32> {
        var numbers: Set<UInt32> = []
        for output in outputs {
            for piece in output.bytes.split(separator: UInt8(ascii: "x")) {
                let digits = String(decoding: piece.prefix(8), as: UTF8.self)
                if digits.utf8.count == 8, let number = UInt32(digits, radix: 16) { numbers.insert(number) }
            }
        }
        return numbers
    }
}
