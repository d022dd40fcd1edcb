import TLSchema
import Testing

@Suite struct SchemaCheckerTests {
    private let schema = Schema.load([
        SchemaSource(
            path: "s.tl",
            text: "user#00000007 id:int = User;\n---functions---\nusers.get = User;\n// LAYER 5\n// "
                + "Their number is not the CRC32 of the line: user.\n"
        )
    ]).value
    private let location = SourceLocation(path: "t", line: 1, column: 1)

    private func check(
        errors: [ErrorDefinition] = [],
        methods: String = "users.get,user,,,Gets a user.\n",
        types: String = "User,,Somebody or other.\nuser,,Somebody with a number.\n",
        history: String = "user,1\nusers.get,5\n",
        names: String = "{}",
        allowUndescribed: Bool = false
    ) throws -> [String] {
        let table = MethodTable.read(
            SchemaSource(path: "m.csv", text: "method,usable_by,errors,friendly,summary\n" + methods)
        )
        let words = TypeTable.read(SchemaSource(path: "t.csv", text: "name,field,summary\n" + types))
        let layers = LayerHistory.read(SchemaSource(path: "h.csv", text: "name,first_layer\n" + history))
        let overrides = NameOverrides.read(SchemaSource(path: "n.json", text: names))
        return lines(
            SchemaChecker.check(
                schema: try #require(schema),
                errors: ErrorCatalog(errors),
                methods: try #require(table.value),
                types: try #require(words.value),
                history: try #require(layers.value),
                names: try #require(overrides.value),
                allowUndescribed: allowUndescribed
            )
        )
    }

    @Test func tablesThatFitGiveNoFinding() throws {
        #expect(try check(names: "{\"numbers\": {\"user\": \"r\"}}").isEmpty)
    }

    @Test func methodsWithoutCounterpartAreReportedFromBothSides() throws {
        #expect(
            try check(methods: "users.drop,user,,,Drops a user.\n") == [
                "m.csv:2:1: error: the schema has no method 'users.drop', "
                    + "expected another name or no row at all",
                "s.tl:3:1: error: the method 'users.get' has no row in the method table",
            ]
        )
    }

    @Test func undefinedErrorIsReportedAtTheListThatNamesIt() throws {
        let known = ErrorDefinition(name: "A", codes: [400], description: "Wait a while.", location: location)
        #expect(
            try check(errors: [known], methods: "users.get,user,A B,,Gets a user.\n") == [
                "m.csv:2:16: error: 'users.get' names the error 'B', which the error table does not define"
            ]
        )
    }

    @Test func historyWithoutCounterpartIsReportedFromBothSides() throws {
        #expect(
            try check(history: "users.get,5\nuserGone,2\n") == [
                "h.csv:3:1: error: the schema has no constructor or method 'userGone'",
                "s.tl:1:1: error: the history table does not say since which layer 'user' exists",
            ]
        )
    }

    @Test func historyCannotBeginInALaterLayer() throws {
        #expect(
            try check(history: "user,6\nusers.get,5\n") == [
                "h.csv:2:1: error: 'user' exists since layer 6, but the schema is of layer 5"
            ]
        )
    }

    @Test func missingSentencesAreErrorsUnlessAllowed() throws {
        let bare = ErrorDefinition(name: "A", codes: [400], location: location)
        #expect(
            try check(errors: [bare], methods: "users.get,user,,,\n") == [
                "t:1:1: error: the error 'A' has no description, "
                    + "expected one sentence that helps whoever meets it",
                "m.csv:2:1: error: the method 'users.get' has no summary, "
                    + "expected one sentence that says what it does",
            ]
        )
        #expect(try check(errors: [bare], methods: "users.get,user,,,\n", allowUndescribed: true).isEmpty)
    }

    /// Of a type that has words of its own the field needs none, and neither do methods that few people call.
    @Test func numbersBytesAndFlagsOfTheMostUsedMethodsNeedWords() throws {
        let text = """
            user = User;
            ---functions---
            phone.get limit:int = User;
            users.get flags:# me:flags.0?true limit:int max_id:flags.1?long data:bytes ids:Vector<long> = User;
            users.find name:string user:User ok:Bool = User;
            """
        let words = "name,field,summary\nusers.get,limit,How many to return.\n"
        let checked = Schema.load([SchemaSource(path: "s.tl", text: text)])
        let diagnostics = SchemaChecker.check(
            schema: try #require(checked.value),
            errors: ErrorCatalog([]),
            methods: MethodTable([]),
            types: try #require(TypeTable.read(SchemaSource(path: "t.csv", text: words)).value),
            history: LayerHistory([]),
            names: NameOverrides(),
            allowUndescribed: false
        )
        #expect(
            diagnostics.map(\.message).filter { $0.contains("field") }
                == ["me", "max_id", "data", "ids"].map { field in
                    "the field 'users.get.\(field)' has no row in the type table, "
                        + "expected one sentence that says what it counts, names or changes"
                }
        )
    }

    @Test(arguments: [
        ("numbers", "\"nobody\": \"r\"", "this override names 'nobody', but nothing in the schema is called so"),
        (
            "numbers", "\"users.get\": \"r\"",
            "the number of 'users.get' is the CRC32 of its line, expected this entry to go"
        ),
        (
            "errors", "\"X\": {\"name\": \"Y\", \"reason\": \"r\"}",
            "this override names 'X', but nothing in the error table is called so"
        ),
        (
            "types", "\"Group\": {\"name\": \"Y\", \"reason\": \"r\"}",
            "this override names 'Group', but nothing in the schema is called so"
        ),
        (
            "fields", "\"user.name\": {\"name\": \"y\", \"reason\": \"r\"}",
            "this override names 'user.name', but nothing in the fields of the schema is called so"
        ),
    ])
    func overrideOfNothingIsReported(section: String, entry: String, message: String) throws {
        let column = section.utf8.count + 7
        #expect(try check(names: "{\"\(section)\": {\(entry)}}") == ["n.json:1:\(column): error: \(message)"])
    }

    @Test(arguments: ["user.id", "id"]) func overrideOfAFieldMayNameOnePlaceOrAll(subject: String) throws {
        #expect(try check(names: "{\"fields\": {\"\(subject)\": {\"name\": \"y\", \"reason\": \"r\"}}}").isEmpty)
    }

    @Test func filesOfTheRepositoryFitTogether() throws {
        let errors = ErrorCatalog.read(try SchemaFiles.repository("errors.json"))
        let methods = MethodTable.read(try SchemaFiles.repository("methods.csv"))
        let types = TypeTable.read(try SchemaFiles.repository("types.csv"))
        let history = LayerHistory.read(try SchemaFiles.repository("history.csv"))
        let names = NameOverrides.read(try SchemaFiles.repository("names.json"))
        let diagnostics = SchemaChecker.check(
            schema: try #require(RepositorySchemas.api),
            serviceSchema: RepositorySchemas.mtproto,
            errors: try #require(errors.value),
            methods: try #require(methods.value),
            types: try #require(types.value),
            history: try #require(history.value),
            names: try #require(names.value),
            allowUndescribed: true
        )
        #expect(lines(diagnostics).isEmpty)
    }
}
