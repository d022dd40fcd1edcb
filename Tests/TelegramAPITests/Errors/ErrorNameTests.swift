import TLSchema
import TelegramAPI
import Testing

/// Every name of the error table, and the class that stands for it.
@Suite struct ErrorNameTests {
    private func catalog() throws -> ErrorCatalog {
        let source = SchemaSource(path: "errors.json", bytes: try RepositoryFiles.bytes("Schema", "errors.json"))
        return try #require(ErrorCatalog.read(source).value)
    }

    /// The name as a server sends it.
    private func wireName(_ definition: ErrorDefinition) -> String {
        definition.name.replacing("%d", with: "17")
    }

    @Test func everyNameHasAClassBelowTheFamilyOfItsUsualCode() throws {
        var names = 0
        for definition in try catalog().definitions {
            let code = try #require(definition.codes.first)
            let error = RPCError.make(code: code, name: wireName(definition))
            let family = RPCError.family(ofCode: code)
            #expect(family != RPCError.self, "\(definition.name)")
            #expect(type(of: error) != family, "\(definition.name)")
            let parent = Mirror(reflecting: error).superclassMirror?.subjectType
            #expect(parent.map(ObjectIdentifier.init) == ObjectIdentifier(family), "\(definition.name)")
            let isFirstPart = definition.name == "FILE_PART_0_MISSING"
            let value = isFirstPart ? 0 : definition.parameters.isEmpty ? nil : 17
            #expect(error.value == value, "\(definition.name)")
            names += 1
        }
        #expect(names == 825)
    }

    @Test func onlyNamesThatMeanTheSameShareAClass() throws {
        var names: [ObjectIdentifier: Set<String>] = [:]
        for definition in try catalog().definitions {
            let error = RPCError.make(code: definition.codes.first ?? 0, name: wireName(definition))
            names[ObjectIdentifier(type(of: error)), default: []].insert(definition.name)
        }
        let shared = names.values.filter { $0.count > 1 }.sorted { ($0.min() ?? "") < ($1.min() ?? "") }
        #expect(shared == [["FILE_PART_%d_MISSING", "FILE_PART_0_MISSING"], ["TIMEOUT", "Timeout"]])
        #expect(names.count == 823)
    }

    @Test func theCaseOfANameDoesNotMatter() throws {
        for definition in try catalog().definitions {
            let error = RPCError.make(code: 400, name: wireName(definition))
            let lower = RPCError.make(code: 400, name: wireName(definition).lowercased())
            #expect(type(of: error) == type(of: lower), "\(definition.name)")
            #expect(lower.name == wireName(definition).lowercased())
        }
    }

    @Test func namesUnderSeveralCodesKeepTheCodeThatCame() throws {
        var tried = 0
        for definition in try catalog().definitions where definition.codes.count > 1 {
            let classes = definition.codes.map { code in
                let error = RPCError.make(code: code, name: wireName(definition))
                #expect(error.code == abs(code), "\(definition.name)")
                return ObjectIdentifier(type(of: error))
            }
            #expect(Set(classes).count == 1, "\(definition.name)")
            tried += 1
        }
        #expect(tried == 26)
    }

    @Test func aKnownNameUnderAStrangeCodeStillHasItsClass() {
        let error = RPCError.make(code: 418, name: "FLOOD_WAIT_3")
        #expect(error is RPCError.FloodWait)
        #expect(error is RPCError.Flood)
        #expect(error.code == 418)
    }
}
