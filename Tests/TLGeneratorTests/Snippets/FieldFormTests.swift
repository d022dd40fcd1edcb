import Testing

@testable import TLGenerator

/// Each form of a field: its type, how it is read, how it is written.
@Suite struct FieldFormTests {
    struct Form: Sendable, CustomTestStringConvertible {
        let tl: String
        let type: String
        let read: String
        let write: String

        init(_ tl: String, _ type: String, _ read: String, _ write: String) {
            self.tl = tl
            self.type = type
            self.read = read
            self.write = write
        }

        var testDescription: String { tl }
    }

    static let forms = [
        Form("int", "Swift.Int32", "reader.int()", "writer.putInt(self.x)"),
        Form("long", "Swift.Int64", "reader.long()", "writer.putLong(self.x)"),
        Form("double", "Swift.Double", "reader.double()", "writer.putDouble(self.x)"),
        Form("Bool", "Swift.Bool", "reader.bool()", "writer.putBool(self.x)"),
        Form("int128", "TLInt128", "reader.int128()", "writer.putInt128(self.x)"),
        Form("int256", "TLInt256", "reader.int256()", "writer.putInt256(self.x)"),
        Form("string", "Swift.String", "reader.string()", "writer.string(self.x)"),
        Form("bytes", "[Swift.UInt8]", "reader.bytes()", "writer.bytes(self.x)"),
        Form("One", "TL.One", "TL.One(from: &reader)", "self.x.encode(into: &writer)"),
        Form("%One", "TL.One", "TL.One(bare: &reader)", "self.x.encodeBare(into: &writer)"),
        Form("one", "TL.One", "TL.One(bare: &reader)", "self.x.encodeBare(into: &writer)"),
        Form("m.Two", "TL.m.Two", "TL.m.Two(from: &reader)", "self.x.encode(into: &writer)"),
        Form("first", "TL.m.Two.First", "TL.m.Two.First(from: &reader)", "self.x.encodeBare(into: &writer)"),
        // Vectors.
        Form("Vector<int>", "[Swift.Int32]", "reader.vectorOfInt()", "writer.vectorOfInt(self.x)"),
        Form("Vector<long>", "[Swift.Int64]", "reader.vectorOfLong()", "writer.vectorOfLong(self.x)"),
        Form("Vector<string>", "[Swift.String]", "reader.vector(of: Swift.String.self)", "writer.vector(self.x)"),
        Form("Vector<Bool>", "[Swift.Bool]", "reader.vector(of: Swift.Bool.self)", "writer.vector(self.x)"),
        Form("Vector<One>", "[TL.One]", "reader.vector(of: TL.One.self)", "writer.vector(self.x)"),
        Form(
            "Vector<bytes>",
            "[[Swift.UInt8]]",
            "reader.vector { reader in reader.bytes() }",
            "writer.vector(self.x) { element, writer in writer.bytes(element) }"
        ),
        Form(
            "Vector<one>",
            "[TL.One]",
            "reader.vector { reader in TL.One(bare: &reader) }",
            "writer.vector(self.x) { element, writer in element.encodeBare(into: &writer) }"
        ),
        Form(
            "Vector<first>",
            "[TL.m.Two.First]",
            "reader.vector { reader in TL.m.Two.First(from: &reader) }",
            "writer.vector(self.x) { element, writer in element.encodeBare(into: &writer) }"
        ),
        Form("vector<int>", "[Swift.Int32]", "reader.bareVector(of: Swift.Int32.self)", "writer.bareVector(self.x)"),
        Form("%Vector<int>", "[Swift.Int32]", "reader.bareVector(of: Swift.Int32.self)", "writer.bareVector(self.x)"),
        Form("vector<One>", "[TL.One]", "reader.bareVector(of: TL.One.self)", "writer.bareVector(self.x)"),
        Form(
            "vector<bytes>",
            "[[Swift.UInt8]]",
            "reader.bareVector { reader in reader.bytes() }",
            "writer.bareVector(self.x) { element, writer in writer.bytes(element) }"
        ),
        Form(
            "Vector<Vector<int>>",
            "[[Swift.Int32]]",
            "reader.vector(of: [Swift.Int32].self)",
            "writer.vector(self.x)"
        ),
        Form(
            "Vector<vector<int>>",
            "[[Swift.Int32]]",
            "reader.vector { reader in reader.bareVector(of: Swift.Int32.self) }",
            "writer.vector(self.x) { element, writer in writer.bareVector(element) }"
        ),
        Form(
            "vector<Vector<bytes>>",
            "[[[Swift.UInt8]]]",
            "reader.bareVector { reader in reader.vector { reader in reader.bytes() } }",
            "writer.bareVector(self.x) { element, writer in "
                + "writer.vector(element) { element, writer in writer.bytes(element) } }"
        ),
    ]

    private func sample(_ field: String) throws -> Sample {
        try Sample("one a:int = One; first a:int = m.Two; second = m.Two; holder flags:# \(field) = Holder;")
    }

    @Test(arguments: forms) func requiredField(form: Form) throws {
        let holder = try sample("x:\(form.tl)").declaration("public final class Holder")
        #expect(holder.contains("public let x: \(form.type)\n"))
        #expect(holder.contains("public init(x: \(form.type)) {"))
        #expect(holder.contains("self.x = \(form.read)\n"))
        #expect(holder.contains("    \(form.write)\n"))
    }

    @Test(arguments: forms) func optionalField(form: Form) throws {
        let holder = try sample("x:flags.4?\(form.tl)").declaration("public final class Holder")
        let write = form.write.replacing("self.x", with: "value")
        #expect(holder.contains("public let x: \(form.type)?\n"))
        #expect(holder.contains("public init(x: \(form.type)? = nil) {"))
        #expect(holder.contains("self.x = flags & 0x10 != 0 ? \(form.read) : nil\n"))
        #expect(holder.contains("if self.x != nil { flags |= 0x10 }\n"))
        #expect(holder.contains("if let value = self.x { \(write) }\n"))
    }

    @Test(arguments: [
        ("bytes", "TLBytes"), ("int", "Swift.Int32"), ("Bool", "Swift.Bool"), ("string", "Swift.String"),
        ("One", "TL.One"), ("Vector<long>", "[Swift.Int64]"), ("Vector<bytes>", "[TLBytes]"),
        ("Vector<Vector<int>>", "[[Swift.Int32]]"), ("Vector<Vector<bytes>>", "[[TLBytes]]"),
        ("Vector<One>", "[TL.One]"),
    ])
    func answer(tl: String, type: String) throws {
        let sample = try Sample("one a:int = One;\n---functions---\nf = \(tl);")
        #expect(sample.declaration("public typealias") == "public typealias Response = \(type)\n")
    }
}
