import TLSchema
import Testing

@testable import TLGenerator

@Suite struct ExampleTests {
    /// What an example of the only function passes.
    private func example(_ schema: String) throws -> String {
        let context = try Sample(schema + "\n").context
        let function = try #require(context.schema.functions.last)
        return ExampleValues(context: context).call("F", function).text()
    }

    @Test func optionalFieldsAreLeftOut() throws {
        #expect(try example("---functions---\nf flags:# a:flags.0?int b:flags.1?true c:int = Bool;") == "F(c: 1)")
    }

    @Test func valuesFollowTheNamesOfFields() throws {
        let text = try example(
            "---functions---\nf user_id:long limit:int hash:long title:string random_id:long = Bool;"
        )
        #expect(
            text
                == """
                F(
                    userID: 777_000,
                    limit: 20,
                    hash: 0,
                    title: "A title",
                    randomID: .random(in: .min ... .max)
                )
                """
        )
    }

    @Test func constructorsThatSayNothingAreAvoided() throws {
        let text = try example("peerEmpty = Peer;\npeerUser id:long = Peer;\n---functions---\nf peer:Peer = Bool;")
        #expect(text == "F(peer: .peerUser(id: 42))")
    }

    @Test func whatTheServerRefusesOtherwiseIsOverridden() throws {
        #expect(
            try example("---functions---\nauth.signIn flags:# phone_code:flags.0?string x:flags.1?int = Bool;")
                == #"F(phoneCode: "22222")"#
        )
        let media =
            "inputMediaEmpty = InputMedia;\ninputMediaPhoto id:long ttl:long = InputMedia;\n"
            + "inputMediaUploadedPhoto a:int b:int c:int = InputMedia;\ninputMediaOther = InputMedia;\n"
            + "---functions---\n"
        #expect(
            try example("\(media)f media:Vector<InputMedia> = Bool;")
                == "F(media: [.inputMediaPhoto(id: 42, ttl: 1)])"
        )
        #expect(
            try example("\(media)messages.uploadMedia media:InputMedia = Bool;")
                == "F(media: .inputMediaUploadedPhoto(a: 1, b: 1, c: 1))"
        )
    }

    @Test func placeholdersAreAvoidedFurtherDown() throws {
        let schema =
            "inputAEmpty = A;\na x:int = A;\nb a:A = B;\nc b:B = C;\nd c:C = D;\n---functions---\nf d:D = Bool;"
        #expect(try example(schema) == "F(d: TL.D(c: TL.C(b: TL.B(a: .a(x: 1)))))")
    }

    @Test func valuesOfTypesThatContainThemselvesEnd() throws {
        #expect(
            try example("leaf = Tree;\nfork left:Tree right:Tree = Tree;\n---functions---\nf tree:Tree = Bool;")
                == "F(tree: .leaf)"
        )
        // Nothing but lists of itself, and a placeholder that costs more than going on.
        #expect(
            try example("node nodes:Vector<Node> = Node;\n---functions---\nf node:Node = Bool;")
                == "F(node: TL.Node(nodes: []))"
        )
        #expect(
            try example("aEmpty b:B = A;\na b:B = A;\nbEmpty = B;\nb a:A = B;\n---functions---\nf a:A = Bool;").count
                < 200
        )
    }

    @Test func listsHaveOneElementAndBareConstructorsTheirClass() throws {
        let schema =
            "user id:long = User;\nnone = User;\n---functions---\nf users:Vector<user> ids:Vector<long> = Bool;"
        #expect(try example(schema) == "F(users: [TL.User.User(id: 42)], ids: [1])")
    }

    @Test func longChainsOfTypesAreNoProblem() throws {
        let types = (0..<200).map { "t\($0) x:T\($0 + 1) = T\($0);" }.joined(separator: "\n") + "\nt200 = T200;"
        #expect(try example("\(types)\n---functions---\nf t:T0 = Bool;").contains("T199("))
    }

    @Test func callsAreBrokenWhereTheyDoNotFit() {
        let short = ExampleExpression(head: "f", arguments: [.init(label: "a", value: ExampleExpression("1"))])
        #expect(short.text() == "f(a: 1)")
        let long = ExampleExpression(String(repeating: "x", count: 70))
        let inner = ExampleExpression(head: ".g", arguments: [.init(label: "b", value: long)])
        let outer = ExampleExpression(head: "f", arguments: [.init(label: "a", value: inner)])
        let text = outer.text().split(separator: "\n")
        #expect(text.map { $0.prefix { $0 == " " }.count } == [0, 4, 8, 4, 0])
        #expect(ExampleExpression(head: String(repeating: "f", count: 100), arguments: []).text().hasSuffix("f()"))
    }
}
