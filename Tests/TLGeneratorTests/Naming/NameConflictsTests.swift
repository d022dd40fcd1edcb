import Testing

@testable import TLGenerator

@Suite struct NameConflictsTests {
    /// What goes in, and what is reported.
    struct Conflict: Sendable, CustomTestStringConvertible {
        let schema: String
        var names: String?
        var errors: String?
        let findings: [String]

        var testDescription: String { schema + (errors ?? "") }
    }

    private static let remedy = "give one of them another name in names.json"
    private static let hiding = "and hide what generated code means by that; give it another name in names.json"
    private static let property = "cannot be a property, because the name is taken; expected another name"

    static let conflicts = [
        Conflict(
            schema: "a = FooBar;\nb = Foo_bar;",
            findings: [
                "s.tl:2:1: error: the type 'Foo_bar' and the type 'FooBar' would both be called 'TL.FooBar' in Swift; \(remedy)",
                "s.tl:1:1: note: the type 'FooBar' is here",
            ]
        ),
        Conflict(
            schema: "a = m.Foo;\n---functions---\nm.foo = Bool;",
            findings: [
                "s.tl:3:1: error: the function 'm.foo' and the type 'm.Foo' would both be called 'TL.m.Foo' in Swift; \(remedy)",
                "s.tl:1:1: note: the type 'm.Foo' is here",
            ]
        ),
        Conflict(
            schema: "a = Object;",
            findings: [
                "s.tl:1:1: error: the type 'Object' and the protocol 'Object' that is generated with every schema "
                    + "would both be called 'TL.Object' in Swift; \(remedy)"
            ]
        ),
        Conflict(
            schema: "---functions---\nfunction = Bool;",
            findings: [
                "s.tl:2:1: error: the function 'function' and the protocol 'Function' that is generated with every schema "
                    + "would both be called 'TL.Function' in Swift; \(remedy)"
            ]
        ),
        Conflict(
            schema: "user = User; chat = Chat;\na = PeerCarrier;",
            findings: [
                "s.tl:2:1: error: the type 'PeerCarrier' and the protocol 'PeerCarrier' that is generated with users and "
                    + "chats would both be called 'TL.PeerCarrier' in Swift; \(remedy)"
            ]
        ),
        Conflict(
            schema: "user = User; chat = Chat;\na users:Vector<User> carried_users:int = A; b carried_users:int = B;",
            findings: [
                "s.tl:2:22: error: the field 'carried_users' and what gives the users that come along "
                    + "would both be called 'carriedUsers' in Swift; \(remedy)"
            ]
        ),
        Conflict(
            schema: "self.a = self.A;\nisSelf.b = isSelf.B;",
            findings: [
                "s.tl:2:1: error: the namespace 'isSelf' and the namespace 'self' would both be called 'TL.isSelf' in Swift; "
                    + remedy,
                "s.tl:1:1: note: the namespace 'self' is here",
            ]
        ),
        Conflict(
            schema: "---functions---\nm.invoke {X:Type} q:!X = X;\nmInvoke {X:Type} q:!X = X;",
            findings: [
                "s.tl:3:1: error: what reads the wrapper 'mInvoke' and what reads the wrapper 'm.invoke' "
                    + "would both be called 'TL.mInvoke' in Swift; \(remedy)",
                "s.tl:2:1: note: what reads the wrapper 'm.invoke' is here",
            ]
        ),
        Conflict(
            schema: "m.x a:int = T;\nn.x b:int = T;",
            findings: [
                "s.tl:2:1: error: the constructor 'n.x' and the constructor 'm.x' would both be called 'X' in Swift; \(remedy)",
                "s.tl:1:1: note: the constructor 'm.x' is here",
            ]
        ),
        Conflict(
            schema: "self = T;\nisSelf = T;",
            findings: [
                "s.tl:2:1: error: the constructor 'isSelf' and the constructor 'self' would both be called 'isSelf' in Swift; "
                    + remedy,
                "s.tl:1:1: note: the constructor 'self' is here",
            ]
        ),
        Conflict(
            schema: "a user_id:int\n  userID:int = A;",
            findings: [
                "s.tl:2:3: error: the field 'userID' and the field 'user_id' would both be called 'userID' in Swift; \(remedy)",
                "s.tl:1:3: note: the field 'user_id' is here",
            ]
        ),
        Conflict(
            schema: "---functions---\nf my_flags:# myFlags:my_flags.0?int = Bool;",
            findings: [
                "s.tl:2:14: error: the field 'myFlags' and the field 'my_flags' would both be called 'myFlags' in Swift; \(remedy)",
                "s.tl:2:3: note: the field 'my_flags' is here",
            ]
        ),
        // What would hide something.
        Conflict(
            schema: "a = Swift;",
            findings: ["s.tl:1:1: error: the type 'Swift' would be called 'Swift' in Swift \(hiding)"]
        ),
        Conflict(
            schema: "a = m.TL;",
            findings: ["s.tl:1:1: error: the type 'm.TL' would be called 'TL' in Swift \(hiding)"]
        ),
        Conflict(
            schema: "kotlin = Language; swift x:int = Language;",
            findings: ["s.tl:1:20: error: the constructor 'swift' would be called 'Swift' in Swift \(hiding)"]
        ),
        Conflict(
            schema: "---functions---\ntLReader = Bool;",
            findings: ["s.tl:2:1: error: the function 'tLReader' would be called 'TLReader' in Swift \(hiding)"]
        ),
        // Errors.
        Conflict(
            schema: "a = A;",
            errors: #"{"A_B": {"codes": [400]}, "A__B": {"codes": [400]}}"#,
            findings: [
                "errors.json:1:27: error: the error 'A__B' and the error 'A_B' would both be called 'AB' in Swift; \(remedy)",
                "errors.json:1:2: note: the error 'A_B' is here",
            ]
        ),
        Conflict(
            schema: "a = A;",
            errors: #"{"BAD_REQUEST": {"codes": [400]}}"#,
            findings: [
                "errors.json:1:2: error: the error 'BAD_REQUEST' and the family 'BadRequest' "
                    + "would both be called 'BadRequest' in Swift; \(remedy)"
            ]
        ),
        Conflict(
            schema: "a = A;",
            errors: #"{"SWIFT": {"codes": [400]}}"#,
            findings: ["errors.json:1:2: error: the error 'SWIFT' would be called 'Swift' in Swift \(hiding)"]
        ),
        Conflict(
            schema: "a = A;",
            errors: #"{"A_%d": {"codes": [420], "parameters": [{"name": "value", "unit": "count"}]}}"#,
            findings: ["errors.json:1:2: error: the parameter 'value' of the error 'A_%d' \(property)"]
        ),
        Conflict(
            schema: "a = A;",
            errors: #"{"A_%d": {"codes": [420], "parameters": [{"name": "duration", "unit": "seconds"}]}}"#,
            findings: ["errors.json:1:2: error: the parameter 'duration' of the error 'A_%d' \(property)"]
        ),
    ]

    @Test(arguments: conflicts) func conflictNamesBothAndTheirPlaces(conflict: Conflict) {
        let run = PipelineRun(conflict.schema, Sample.Tables(names: conflict.names, errors: conflict.errors))
        #expect(run.findings == conflict.findings)
        #expect(run.isRefused)
    }

    @Test(arguments: [
        // Same words in other scopes, and names that differ in case.
        "a = Foo; b = m.Foo;",
        "foo x:int = A; foo2 x:int = B;\n---functions---\nfoo x:int = Bool;",
        "id id:int = T; other id:int = T;",
        "user = FOO; user2 = Foo; user3 = m.FOO;",
        "a id:int id2:int = A;",
        "type.a = type.A; layer.b = layer.B;",
        "a = Error; b = Optional; c = Array; d = Query; e = Response; f = m.String; g = Result; h = UInt8;",
    ])
    func whatSwiftKeepsApartIsNoConflict(schema: String) {
        #expect(PipelineRun(schema).findings.isEmpty)
    }

    @Test func anOverrideSettlesAConflict() {
        let names =
            #"{"types": {"Foo_bar": {"name": "Other", "reason": "r"}, "Swift": {"name": "Apodidae", "reason": "r"}}}"#
        let run = PipelineRun("a = FooBar;\nb = Foo_bar;\nc = Swift;", Sample.Tables(names: names))
        #expect(run.findings.isEmpty)
    }

    @Test(arguments: ["Swift", "TLReader", "Any", "Self", "Type", "Object", "Function", "Query", "Response"])
    func theRootCannotHaveANameThatIsTaken(root: String) {
        let run = PipelineRun("a = A;", configuration: GeneratorConfiguration(schema: ["s.tl"], root: root))
        #expect(
            run.findings == [
                "error: '\(root)' cannot be the root, because the word is taken; expected another one, such as 'TL'"
            ]
        )
    }
}
