import TLSchema
import Testing

/// A change of one line, and what the diff must say about it.
struct LineChange: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let effect: SchemaChange.Effect
    let details: [String]

    init(_ old: String, _ new: String, _ effect: SchemaChange.Effect, _ details: [String]) {
        self.old = old
        self.new = new
        self.effect = effect
        self.details = details
    }

    var testDescription: String { "\(old) -> \(new)" }

    /// Changes of a constructor `a` of type `A`.
    static let ofConstructor = [
        LineChange("x:int", "", .source, ["field 'x' is gone"]),
        LineChange("", "x:int", .source, ["field 'x:int' is new and required"]),
        LineChange("", "flags:# x:flags.0?int", .behaviour, ["field 'x:int' is new and optional"]),
        LineChange("", "flags:# x:flags.0?true", .behaviour, ["field 'x:true' is new and optional"]),
        LineChange("x:int", "x:long", .source, ["field 'x' changed its type from 'int' to 'long'"]),
        LineChange(
            "x:Vector<int>",
            "x:vector<int>",
            .behaviour,
            ["field 'x' changed its type from 'Vector<int>' to 'vector<int>'"]
        ),
        LineChange(
            "x:Vector<int>",
            "x:vector<long>",
            .source,
            ["field 'x' changed its type from 'Vector<int>' to 'vector<long>'"]
        ),
        LineChange(
            "flags:# x:flags.0?true",
            "flags:# x:flags.0?int",
            .source,
            ["field 'x' changed its type from 'true' to 'int'"]
        ),
        LineChange("x:int", "flags:# x:flags.0?int", .source, ["field 'x' became optional"]),
        LineChange("flags:# x:flags.0?int", "x:int", .source, ["field 'x' became required"]),
        LineChange(
            "flags:# x:flags.0?int",
            "flags:# x:flags.5?int",
            .behaviour,
            ["field 'x' moved from flags.0 to flags.5"]
        ),
        LineChange(
            "flags:# flags2:# x:flags.0?true",
            "flags:# flags2:# x:flags2.0?true",
            .behaviour,
            ["field 'x' moved from flags.0 to flags2.0"]
        ),
        LineChange("x:int y:int", "y:int x:int", .source, ["the order of the fields changed to y, x"]),
        LineChange(
            "x:int",
            "y:int x:long",
            .source,
            ["field 'y:int' is new and required", "field 'x' changed its type from 'int' to 'long'"]
        ),
    ]
}

@Suite struct LayerDiffTests {
    private func schema(_ text: String) throws -> Schema {
        try #require(Schema.load([SchemaSource(path: "x.tl", text: text)]).value)
    }

    private func diff(_ old: String, _ new: String, methods: MethodTable? = nil) throws -> LayerDiff {
        LayerDiff(old: try schema(old), new: try schema(new), methods: methods)
    }

    private func summary(_ changes: [SchemaChange]) -> [String] {
        changes.map { "\($0.kind.rawValue) \($0.subject.rawValue) \($0.name): \($0.effect.rawValue)" }
    }

    @Test(arguments: LineChange.ofConstructor) func fieldsOfAConstructorAreCompared(change: LineChange) throws {
        let diff = try diff("a \(change.old) = A;", "a \(change.new) = A;")
        #expect(diff.changes.map(\.kind) == [.changed])
        #expect(diff.changes.first?.effect == change.effect)
        #expect(diff.changes.first?.details.map(\.text) == change.details)
    }

    @Test func fieldOfAFunctionThatBecomesOptionalStillCompiles() throws {
        let diff = try diff(
            "a = A;\n---functions---\nf x:int = A;",
            "a = A;\n---functions---\nf flags:# x:flags.0?int = A;"
        )
        #expect(summary(diff.changes) == ["changed function f: behaviour"])
    }

    @Test func sameSchemaHasNoChanges() throws {
        let api = try #require(RepositorySchemas.api)
        let diff = LayerDiff(old: api, new: api)
        #expect(diff.changes.isEmpty && diff.friendly.isEmpty)
        #expect(diff.text == "Layer 228, from 228: nothing differs\n")
    }

    @Test func secondConstructorTurnsAClassIntoAnEnum() throws {
        let diff = try diff("a = A;", "a = A;\nb = A;")
        #expect(summary(diff.changes) == ["changed type A: source", "added constructor b: behaviour"])
    }

    @Test func thirdConstructorNeedsACaseInSwitchesWithoutDefault() throws {
        let diff = try diff("a = A;\nb = A;", "a = A;\nb = A;\nc = A;")
        #expect(summary(diff.changes) == ["added constructor c: behaviour"])
        #expect(
            diff.changes.first?.details.map(\.text) == ["of type 'A'; a 'switch' without 'default' needs the new case"]
        )
    }

    @Test func lastButOneConstructorTurnsAnEnumIntoAClass() throws {
        let diff = try diff("a = A;\nb = A;", "a = A;")
        #expect(summary(diff.changes) == ["changed type A: source", "removed constructor b: source"])
    }

    @Test func newTypeWithItsConstructorsAddsOnly() throws {
        let diff = try diff("a = A;", "a = A;\nb = B;\nc = B;")
        #expect(
            summary(diff.changes) == ["added type B: none", "added constructor b: none", "added constructor c: none"]
        )
    }

    @Test func removedTypeIsReportedWithItsConstructors() throws {
        let diff = try diff("a = A;\nb = B;", "a = A;")
        #expect(summary(diff.changes) == ["removed type B: source", "removed constructor b: source"])
    }

    @Test func constructorOfAnotherTypeBreaksSource() throws {
        let diff = try diff("a = A;\nb = A;\nc = B;\nd = B;\ne = B;", "a = A;\nb = A;\nc = A;\nd = B;\ne = B;")
        #expect(summary(diff.changes) == ["changed constructor c: source"])
        #expect(diff.changes.first?.details.map(\.text) == ["type changed from 'B' to 'A'"])
    }

    @Test func functionsAreAddedRemovedAndChangeTheirResult() throws {
        let diff = try diff(
            "a = A;\n---functions---\nf = A;\ng = A;",
            "a = A;\n---functions---\nf = Vector<A>;\nh = A;"
        )
        #expect(
            summary(diff.changes) == [
                "changed function f: source", "removed function g: source", "added function h: none",
            ]
        )
        #expect(diff.changes.first?.details.map(\.text) == ["result changed from 'A' to 'Vector<A>'"])
    }

    @Test func numberAloneIsARenumbering() throws {
        let known = "// Their number is not the CRC32 of the line: a.\n"
        let diff = try diff(known + "a#1 = A;", known + "a#2 = A;")
        #expect(summary(diff.changes) == ["renumbered constructor a: behaviour"])
        #expect(diff.changes.first?.oldNumber == 1)
        #expect(diff.changes.first?.newNumber == 2)
        #expect(diff.text.contains("renumbered constructor a #00000001 -> #00000002"))
    }

    private var methods: MethodTable {
        let location = SourceLocation(path: "m", line: 1, column: 1)
        func facts(_ method: String, _ friendly: [String]) -> MethodFacts {
            MethodFacts(
                method: QualifiedName(method),
                usableBy: .both,
                friendly: friendly.compactMap { FriendlyMethod(tableText: $0) },
                location: location
            )
        }
        return MethodTable([
            facts("f", ["z", "y", "~u"]), facts("g", ["y"]), facts("h", ["x"]), facts("i", ["w"]), facts("new", ["v"]),
        ])
    }

    /// What is only planned cannot break.
    @Test func friendlyMethodsAreTouchedByFunctionsAndByTypesThatBreak() throws {
        let old = "a x:int = A;\nb = B;\n---functions---\nf = B;\ng a:Vector<A> = B;\nh b:B = B;\ni = B;"
        let new = "a x:long = A;\nb = B;\n---functions---\nf x:int = B;\ng a:Vector<A> = B;\nh b:B = B;\nnew = B;"
        let friendly = try diff(old, new, methods: methods).friendly
        #expect(
            friendly.map { "\($0.friendly): \($0.functions.map(\.description).joined(separator: " "))" } == [
                "w: i", "y: f g", "z: f",
            ]
        )
    }

    @Test func reportsSayTheSameInThreeForms() throws {
        let old = "a x:int = A;\n---functions---\nf = A;\n// LAYER 1"
        let new = "a flags:# y:flags.0?int x:int = A;\n---functions---\nf x:int = A;\n// LAYER 2"
        let diff = try diff(old, new, methods: methods)
        let numbers = diff.changes.map { [$0.oldNumber, $0.newNumber].compactMap { $0 }.map(hexNumber) }
        #expect(
            diff.text == """
                Layer 2, from 1: 2 changed; 1 of these break source

                Breaks source
                  changed function f #\(numbers[1][0]) -> #\(numbers[1][1])
                    field 'x:int' is new and required

                Changes behavior
                  changed constructor a #\(numbers[0][0]) -> #\(numbers[0][1])
                    field 'y:int' is new and optional

                Friendly methods touched
                  y: f
                  z: f

                """
        )
        #expect(
            diff.markdown == """
                ### Layer 2, from 1

                2 changed; 1 of these break source.

                #### Breaks source

                - Changed function `f`: field `x:int` is new and required

                #### Changes behavior

                - Changed constructor `a`: field `y:int` is new and optional

                #### Friendly methods touched

                - `y`: `f`
                - `z`: `f`

                """
        )
        #expect(
            diff.json == """
                {
                  "from": 1,
                  "to": 2,
                  "changes": [
                    {"subject": "constructor", "name": "a", "kind": "changed", "effect": "behaviour", \
                "old_number": "\(numbers[0][0])", "new_number": "\(numbers[0][1])", \
                "details": [{"effect": "behaviour", "text": "field 'y:int' is new and optional"}]},
                    {"subject": "function", "name": "f", "kind": "changed", "effect": "source", \
                "old_number": "\(numbers[1][0])", "new_number": "\(numbers[1][1])", \
                "details": [{"effect": "source", "text": "field 'x:int' is new and required"}]}
                  ],
                  "friendly": [
                    {"method": "y", "functions": ["f"]},
                    {"method": "z", "functions": ["f"]}
                  ]
                }

                """
        )
    }
}
