import TLSchema
import TelegramAPI
import TelegramTesting
import Testing

/// What functions know about themselves.
@Suite struct FunctionMetadataTests {
    @Test func everyFunctionKnowsItsNameNumberAndTable() throws {
        let schema = try loadedSchema()
        let source = SchemaSource(path: "methods.csv", bytes: try RepositoryFiles.bytes("Schema", "methods.csv"))
        let table = try #require(MethodTable.read(source).value)
        var sampler = ValueSampler(schema: schema, seed: Seed.value)
        var tried = 0
        for function in schema.functions {
            let type = type(of: try TL.function(decoding: sampler.bytes(of: function, depth: 1)))
            #expect(type.name == "\(function.name)")
            #expect(type.id == function.number, "\(function.name)")
            #expect(type.path.first == type.name)
            let facts = try #require(table[function.name], "\(function.name)")
            #expect("\(type.usableBy)" == facts.usableBy.rawValue, "\(function.name)")
            let errors = facts.errors.map { name in
                ObjectIdentifier(Swift.type(of: RPCError.make(code: 0, name: name.replacing("%d", with: "1"))))
            }
            #expect(type.knownErrors.map { ObjectIdentifier($0) } == errors, "\(function.name)")
            tried += 1
        }
        #expect(tried == Samples.functionCount)
    }

    @Test func everyAnswerOfEveryFunctionComesOutAsItWentIn() throws {
        let schema = try loadedSchema()
        var sampler = ValueSampler(schema: schema, seed: Seed.value)
        var tried = 0
        for function in schema.functions where function.typeParameters.isEmpty {
            let type = type(of: try TL.function(decoding: sampler.bytes(of: function, depth: 0)))
            for depth in [0, 2] {
                let answer = sampler.bytes(of: function.result, depth: depth)
                #expect(try recodedAnswer(answer, of: type) == answer, "\(function.name); \(Seed.hint)")
            }
            tried += 1
        }
        #expect(tried == Samples.functionCount - 11)
    }

    private func recodedAnswer<Function: TLFunction>(_ bytes: [UInt8], of type: Function.Type) throws -> [UInt8] {
        try Function.Response(decoding: bytes).encoded()
    }

    @Test func responsesAreStatic() {
        #expect(TL.messages.SendMessage.Response.self == TL.Updates.self)
        #expect(TL.users.GetUsers.Response.self == [TL.User].self)
        #expect(TL.account.UpdateStatus.Response.self == Bool.self)
        #expect(TL.InvokeWithLayer<TL.help.GetConfig>.Response.self == TL.Config.self)
    }

    @Test func knownErrorsAndAvailabilityComeFromTheTable() {
        #expect(TL.messages.SendMessage.name == "messages.sendMessage")
        #expect(TL.messages.SendMessage.knownErrors.contains { $0 == RPCError.PeerIdInvalid.self })
        #expect(TL.messages.SetInlineBotResults.usableBy == .bot)
        #expect(TL.account.UpdateProfile.usableBy == .user)
    }

    @Test func errorOfANestedRequestTellsTheWholePath() {
        typealias Request = TL.InvokeWithLayer<TL.InitConnection<TL.help.GetConfig>>
        #expect(Request.path == ["invokeWithLayer", "initConnection", "help.getConfig"])
        let error = RPCError.make(code: 420, name: "FLOOD_WAIT_42", method: Request.self)
        #expect(error.method == "help.getConfig")
        #expect(
            "\(error)".hasPrefix("FLOOD_WAIT_42 (420) from invokeWithLayer(initConnection(help.getConfig))")
        )
        let plain = RPCError.make(code: 400, name: "NO_SUCH_NAME", method: TL.help.GetConfig.self)
        #expect("\(plain)" == "NO_SUCH_NAME (400) from help.getConfig")
        #expect("\(RPCError.make(code: 400, name: "NO_SUCH_NAME"))" == "NO_SUCH_NAME (400)")
    }

    @Test func wrappersAreDecodedWithWhatTheyWrap() throws {
        let dialogs = TL.messages.GetDialogs(
            offsetDate: 0,
            offsetID: 0,
            offsetPeer: .inputPeerEmpty,
            limit: 20,
            hash: 0
        )
        let query = TL.InvokeWithoutUpdates(query: dialogs)
        let bytes = try TL.InvokeWithLayer(layer: TL.layer, query: query).encoded()
        let decoded = try TL.function(decoding: bytes)
        let request = try #require(
            decoded as? TL.InvokeWithLayer<TL.InvokeWithoutUpdates<TL.messages.GetDialogs>>
        )
        #expect(request.layer == TL.layer)
        #expect(request.query.query.limit == 20)
        #expect(type(of: decoded).path == ["invokeWithLayer", "invokeWithoutUpdates", "messages.getDialogs"])
    }

    @Test func numbersOfConstructorsAreNoFunctions() throws {
        let bytes = try TL.InputPeer.inputPeerSelf.encoded()
        #expect(throws: TLDecodingError.unknownConstructor(id: 0x7da0_7ec9, expected: "function", offset: 0)) {
            _ = try TL.function(decoding: bytes)
        }
        for count in 0..<4 {
            #expect(throws: TLDecodingError.self) { _ = try TL.function(decoding: Array(bytes.prefix(count))) }
        }
    }
}
