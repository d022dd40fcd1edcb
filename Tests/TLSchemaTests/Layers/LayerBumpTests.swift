import TLSchema
import Testing

@Suite struct LayerBumpTests {
    private static let old = """
        a x:int = A;
        b = B;
        ---functions---
        f = B;
        n.g x:int = A;
        // LAYER 7
        """
    private static let new = """
        // LAYER 8
        c = A;
        a x:int = A;
        ---functions---
        n.h = A;
        n.g x:int = A;
        """
    private static let methods = """
        method,usable_by,errors,friendly,summary
        f,user,X_INVALID,doF,Does f.
        n.g,bot,Y_INVALID Z_INVALID,doG,"Does g, twice."

        """
    private static let types = "name,field,summary\nA,,Has an x.\nB,,Has nothing.\nn.g,x,An x.\nf,x,Gone long ago.\n"
    private static let history = "name,first_layer\na,<=3\nb,5\nf,4\nn.g,6\n"

    private func folder(
        schema: String = old,
        methods: String = methods,
        types: String = types,
        history: String = history,
        names: String = "{}"
    ) -> LayerBump.Folder {
        LayerBump.Folder(
            schema: SchemaSource(path: "api.tl", text: schema),
            methods: SchemaSource(path: "methods.csv", text: methods),
            types: SchemaSource(path: "types.csv", text: types),
            history: SchemaSource(path: "history.csv", text: history),
            names: SchemaSource(path: "names.json", text: names)
        )
    }

    private func plan(_ text: String, layer: Int? = nil, _ folder: LayerBump.Folder? = nil) -> Checked<LayerBump> {
        LayerBump.plan(SchemaSource(path: "s.tl", text: text), layer: layer, folder: folder ?? self.folder())
    }

    @Test func schemaIsNormalised() throws {
        let bump = try #require(plan(Self.new).value)
        let source = SchemaSource(path: "s.tl", text: Self.new)
        #expect(bump.schemaText == SchemaImporter.normalise(source).value)
        #expect(bump.schemaText != Self.new)
    }

    @Test func rowsOfOldMethodsStayAsTheyWere() throws {
        let bump = try #require(plan(Self.new).value)
        #expect(
            bump.methodsText == """
                method,usable_by,errors,friendly,summary
                n.g,bot,Y_INVALID Z_INVALID,doG,"Does g, twice."
                n.h,both,,,

                """
        )
    }

    @Test func wordsAboutWhatHasGoneGo() throws {
        let bump = try #require(plan(Self.new).value)
        #expect(bump.typesText == "name,field,summary\nA,,Has an x.\nn.g,x,An x.\n")
        #expect(bump.undescribedTypes == [QualifiedName("c")])
    }

    @Test func historyGetsNewNamesAndLosesOldOnes() throws {
        let bump = try #require(plan(Self.new).value)
        #expect(bump.historyText == "name,first_layer\na,<=3\nc,8\nn.g,6\nn.h,8\n")
    }

    @Test func diffTellsBothLayersAndFriendlyMethods() throws {
        let bump = try #require(plan(Self.new).value)
        #expect(bump.diff.oldLayer == 7)
        #expect(bump.diff.newLayer == 8)
        #expect(bump.diff.friendly.map(\.friendly) == ["doF", "doG"])
    }

    @Test func newMethodsWaitForADescription() throws {
        #expect(try #require(plan(Self.new).value).undescribed == [QualifiedName("n.h")])
        // Whoever knows the new methods beforehand may describe them beforehand.
        let described = folder(methods: Self.methods + "n.h,both,,,Does h.\n")
        #expect(try #require(plan(Self.new, described).value).undescribed.isEmpty)
    }

    @Test func newMethodsAreListedAlsoIfAnInterruptedBumpWroteTheirRows() throws {
        let bump = try #require(plan(Self.new).value)
        let halfway = folder(methods: bump.methodsText, history: bump.historyText)
        let again = try #require(plan(Self.new, halfway).value)
        #expect(again.undescribed == [QualifiedName("n.h")])
        #expect(again.schemaText == bump.schemaText)
        #expect(again.methodsText == bump.methodsText)
        #expect(again.historyText == bump.historyText)
    }

    @Test func bumpingTwiceChangesNothing() throws {
        let bump = try #require(plan(Self.new).value)
        let bumped = folder(schema: bump.schemaText, methods: bump.methodsText, history: bump.historyText)
        let again = try #require(plan(Self.new, bumped).value)
        #expect(again.schemaText == bump.schemaText)
        #expect(again.methodsText == bump.methodsText)
        #expect(again.historyText == bump.historyText)
        #expect(again.diff.changes.isEmpty)
        #expect(again.undescribed.isEmpty)
    }

    @Test func layerComesFromTheTextOrTheCaller() {
        let text = Self.new.replacing("// LAYER 8\n", with: "")
        #expect(
            plan(text).diagnostics.map(withoutPath) == [
                "1:1: error: the schema does not tell its layer, expected a comment '// LAYER n' or the option '--layer'"
            ]
        )
        #expect(plan(text).value == nil)
        #expect(plan(text, layer: 8).value?.schemaText.hasSuffix("// LAYER 8\n") == true)
        #expect(
            plan(Self.new, layer: 9).diagnostics.map(withoutPath) == [
                "1:1: error: this schema is of layer 8, expected layer 9"
            ]
        )
    }

    @Test func olderLayerIsAWarning() {
        let older = plan(Self.new.replacing("LAYER 8", with: "LAYER 6"))
        #expect(older.value != nil)
        #expect(
            older.diagnostics.map(withoutPath) == [
                "1:1: warning: this schema is of layer 6, older than layer 7 that it replaces, expected a newer one"
            ]
        )
        #expect(plan(Self.new.replacing("LAYER 8", with: "LAYER 7")).diagnostics.isEmpty)
    }

    @Test func mistakesOfAllInputsAreReportedTogether() {
        let broken = folder(schema: "a = A", methods: "x", history: "x")
        let bump = plan("a x:Nope = A;\n// LAYER 8", broken)
        #expect(bump.value == nil)
        #expect(bump.diagnostics.map { $0.location?.path } == ["methods.csv", "history.csv", "api.tl", "s.tl"])
    }

    @Test func numbersAreNotDoubtedWhileOverridesAreBroken() {
        let bump = plan("a#1 x:int = A;\n// LAYER 8", folder(names: "{"))
        #expect(bump.value == nil)
        #expect(bump.diagnostics.map { $0.location?.path } == ["names.json"])
    }

    @Test func overridesExcuseNumbers() throws {
        let names = #"{"numbers": {"a": "the server keeps an old number"}}"#
        let bump = try #require(plan("a#1 x:int = A;\n// LAYER 8", folder(names: names)).value)
        #expect(bump.schemaText.contains("\na#00000001 x:int = A;\n"))
    }

    @Test(.enabled(if: SchemaFiles.layersFolder != nil)) func everyPublishedLayerReachesThePresentOne() throws {
        let present = try SchemaFiles.repository("api.tl")
        let names = try SchemaFiles.repository("names.json")
        let layers = try SchemaFiles.layers()
        #expect(!layers.isEmpty)
        for layer in layers {
            let old = try #require(Schema.load([layer]).value)
            let summaries = MethodTable(
                old.functions.map {
                    MethodFacts(method: $0.name, usableBy: .user, summary: "Is \($0.name).", location: $0.location)
                }
            )
            let folder = LayerBump.Folder(
                schema: layer,
                methods: SchemaSource(path: "methods.csv", text: summaries.fileText),
                types: SchemaSource(path: "types.csv", text: "name,field,summary\n"),
                history: SchemaSource(path: "history.csv", text: LayerHistory([]).updated(for: old).fileText),
                names: names
            )
            let bump = try #require(LayerBump.plan(present, folder: folder).value, "\(layer.path)")
            #expect(bump.schemaText.utf8.elementsEqual(present.bytes), "\(layer.path)")
            let methods = try #require(MethodTable.read(SchemaSource(path: "m", text: bump.methodsText)).value)
            let known = Set(old.functions.map(\.name))
            for facts in methods.methods {
                let expected = known.contains(facts.method) ? "Is \(facts.method)." : nil
                #expect(facts.summary == expected, "\(layer.path)")
            }
            #expect(bump.undescribed == methods.methods.map(\.method).filter { !known.contains($0) }.sorted())
        }
    }
}
