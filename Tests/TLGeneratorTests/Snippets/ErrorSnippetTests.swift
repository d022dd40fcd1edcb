import Testing

@testable import TLGenerator

/// Error definitions: lines of the table and their exact Swift.
@Suite struct ErrorSnippetTests {
    private func swift(_ errors: String) throws -> String {
        let context = try Sample("a = A;", Sample.Tables(errors: errors)).context
        return rendered(context.documentation.errors.map(ErrorTranslator(context: context).translate) ?? [])
    }

    @Test func errorIsAClassBelowItsFamily() throws {
        #expect(
            try swift(
                #"""
                {"A_INVALID": {"codes": [400, 403], "description": "It is \"bad\"."},
                 "WAIT_%dMIN": {"codes": [-420], "parameters": [{"name": "minutes", "unit": "minutes"}]},
                 "X": {"codes": [599]}}
                """#
            ) == #"""
                extension RPCError {
                    /// It is "bad".
                    ///
                    /// - Remark: `A_INVALID`, code 400 or 403.
                    public final class AInvalid: BadRequest, @unchecked Swift.Sendable {}

                    /// - Remark: `WAIT_%dMIN`, code -420.
                    public final class Wait: Flood, @unchecked Swift.Sendable {
                        /// How long, in minutes.
                        public var minutes: Swift.Int { value ?? 0 }
                        /// The same as a duration.
                        public var duration: Swift.Duration { .seconds(minutes * 60) }
                    }

                    /// - Remark: `X`, code 599.
                    public final class X: RPCError, @unchecked Swift.Sendable {}
                }

                extension TL {
                    /// Every error name this schema knows, with its class.
                    public static let errorCatalog: RPCErrorCatalog = RPCErrorCatalog([
                        ("A_INVALID", "It is \"bad\".", RPCError.AInvalid.self),
                        ("WAIT_%dMIN", "", RPCError.Wait.self),
                        ("X", "", RPCError.X.self),
                    ])
                }

                """#
        )
    }

    @Test func explanationHasTheMarkWhereDocumentationNamesTheProperty() throws {
        let text = try swift(
            #"""
            {"WAIT_%d": {"codes": [420], "parameters": [{"name": "seconds", "unit": "seconds"}],
              "description": "Wait `seconds` seconds, whatever `limit` says."}}
            """#
        )
        #expect(text.contains("/// Wait `seconds` seconds, whatever `limit` says.\n"))
        #expect(text.contains(#"("WAIT_%d", "Wait %d seconds, whatever `limit` says.", RPCError.Wait.self)"#))
    }

    @Test func nameWithTheNumberFilledInSharesTheClassOfItsPattern() throws {
        let text = try swift(
            #"""
            {"PART_%d_MISSING": {"codes": [400], "parameters": [{"name": "which", "unit": "part"}]},
             "PART_0_MISSING": {"codes": [400]},
             "SHA_256_MISSING": {"codes": [400]}}
            """#
        )
        #expect(text.contains("class PartMissing: BadRequest"))
        #expect(!text.contains("PART_0_MISSING"))
        #expect(text.contains(#"("SHA_256_MISSING", "", RPCError.Sha256Missing.self)"#))
    }

    @Test func namesThatDifferOnlyInCaseShareTheClassOfTheFirst() throws {
        let text = try swift(#"{"Timeout": {"codes": [503]}, "TIMEOUT": {"codes": [-503]}}"#)
        #expect(text.contains("/// - Remark: `TIMEOUT`, code -503.\n"))
        #expect(!text.contains("`Timeout`"))
        let sample = try Sample(
            "---functions---\nf = Bool;",
            Sample.Tables(
                errors: #"{"Timeout": {"codes": [503]}, "TIMEOUT": {"codes": [-503]}}"#,
                methods: "method,usable_by,errors,friendly,summary\nf,both,Timeout,,\n"
            )
        )
        #expect(sample.swift.contains("{ [RPCError.Timeout.self] }"))
    }

    /// Descriptions are data and may hold anything.
    @Test func descriptionsAreLiteralsThatMeanNothingElse() throws {
        let text = try swift(#"{"A": {"codes": [400], "description": "\\(x) \" \n \u0000 \u2028 é"}}"#)
        #expect(text.contains(##"("A", "\\(x) \" \u{a} \u{0} \##u{2028} é", RPCError.A.self)"##))
    }
}
