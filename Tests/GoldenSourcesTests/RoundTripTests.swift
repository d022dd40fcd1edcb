import Foundation
import GoldenSources
import TLRuntime
import Testing

@Suite struct RoundTripTests {
    /// What the generated field table lists and no sample has would be code that nobody tests.
    @Test func everyConstructorAndFunctionHasASample() throws {
        var numbers: Set<UInt32> = []
        for object in Samples.objects { numbers.insert(try TLConstructorID.first(in: object.encoded())) }
        for function in Samples.functions { numbers.insert(try TLConstructorID.first(in: function.encoded())) }
        #expect(numbers == (try listedNumbers()))
    }

    /// The numbers in the committed source of the field table.
    private func listedNumbers() throws -> Set<UInt32> {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.appending(components: "GoldenSources", "Generated", "TL+FieldTable.swift")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        return Set(lines.compactMap { UInt32($0.drop { $0 == " " }.prefix { $0 != " " }, radix: 16) })
    }

    @Test(arguments: Samples.objects.indices) func valueSurvives(index: Int) throws {
        try check(Samples.objects[index])
    }

    private func check<Value: TL.Object>(_ value: Value) throws {
        let bytes = try value.encoded()
        #expect(bytes.count % 4 == 0)
        let again = try Value(decoding: bytes)
        #expect(try again.encoded() == bytes)
        #expect("\(again)" == "\(value)")
        // The registry finds the type by the number.
        let found = try TL.object(decoding: bytes)
        #expect(type(of: found) == Value.self)
        #expect(try found.encoded() == bytes)
    }

    @Test(arguments: Samples.functions.indices) func requestSurvives(index: Int) throws {
        let function = Samples.functions[index]
        let bytes = try function.encoded()
        let again = try decodedFunction(bytes)
        #expect(type(of: again) == type(of: function))
        #expect(try again.encoded() == bytes)
        #expect("\(again)" == "\(function)")
    }

    // MARK: - Known bytes

    @Test func scalarsAreLittleEndianAndPadded() throws {
        let value = TL.Scalars(
            small: 1,
            large: -1,
            ratio: 1,
            text: "ab",
            data: [1, 2, 3],
            isOn: true,
            nonce: Samples.nonce,
            key: TLInt256(low: Samples.nonce, high: Samples.nonce)
        )
        let nonce = [UInt8](0...15)
        var expected: [UInt8] = [0xD0, 0xA2, 0xE0, 0xA2, 1, 0, 0, 0] + [UInt8](repeating: 255, count: 8)
        expected += [0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 2, 0x61, 0x62, 0, 3, 1, 2, 3, 0xB5, 0x75, 0x72, 0x99]
        expected += nonce + nonce + nonce
        #expect(try value.encoded() == expected)
    }

    @Test func optionalFieldsSetTheirBits() throws {
        #expect(try words(of: TL.TwoWords(b: 5, c: "abc", d: true)) == [0x0726_7630, 2, 0x8000_0001, 5, 0x6362_6103])
        #expect(try words(of: TL.SpareWords(x: 9)) == [0x5461_7B7B, 0, 0, 8, 9])
        #expect(try words(of: TL.Presence(silent: true, pinned: true)) == [0xC2DF_46FD, 0x8000_0001])
    }

    @Test func bareValuesHaveNoNumber() throws {
        let value = TL.BareUser(user: .init(userID: 1, accessHash: 2), chat: .init(chatID: 3))
        #expect(try words(of: value) == [0xDAF9_B3BC, 1, 0, 2, 0, 0, 3])
        #expect(try words(of: TL.Link(next: TL.Link())) == [0xF2C1_377A, 1, 0])
    }

    private func words(of value: some TL.Object) throws -> [UInt32] {
        let bytes = try value.encoded()
        return stride(from: 0, to: bytes.count, by: 4).map { start in
            bytes[start..<start + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
    }

    // MARK: - What enums offer

    @Test func fieldsOfAllConstructorsAreReachable() {
        let shapes: [TL.Shape] = [.circle(id: 1, title: "a", radius: 0), .square(id: 2, side: 0)]
        #expect(shapes.map(\.id) == [1, 2])
        #expect(shapes.map(\.title) == ["a", nil])
        #expect(TL.messages.Messages.pageSlice(id: 5, next: .page(id: 6, peers: [])).id == 5)
    }

    @Test func shorthandBuildsThePayload() {
        guard case .peerUser(let user) = Samples.user else {
            Issue.record("peerUser made another case")
            return
        }
        #expect(user.userID == 1)
        #expect(user.accessHash == -2)
    }

    // MARK: - What functions tell

    @Test func functionsKnowTheirFacts() {
        #expect(TL.layer == 7)
        #expect(TL.Ping.id == 0x94B7_7B6A)
        #expect(TL.messages.Send.name == "messages.send")
        #expect(TL.Ping.usableBy == .both)
        #expect(TL.GetFile.usableBy == .user)
        #expect(TL.messages.Send.usableBy == .bot)
        #expect(TL.GetFile.knownErrors.map { "\($0)" } == ["FileMigrate", "FloodWait"])
        #expect(TL.Count.knownErrors.isEmpty)
        #expect(TL.InvokeWithLayer<TL.InvokeTimed<TL.Ping>>.path == ["invokeWithLayer", "invokeTimed", "ping"])
    }

    @Test func answersHaveTheirTypes() throws {
        func answer<Function: TLFunction>(_ function: Function, _ bytes: [UInt8]) throws -> Function.Response {
            try Function.Response(decoding: bytes)
        }
        let vector: [UInt8] = [0x15, 0xC4, 0xB5, 0x1C]
        #expect(try answer(TL.Ping(), [0xB5, 0x75, 0x72, 0x99]))
        #expect(try answer(TL.Count(peer: .peerEmpty), [5, 0, 0, 0]) == 5)
        #expect(try answer(TL.GetFile(), [2, 8, 9, 0]).bytes == [8, 9])
        #expect(try answer(TL.GetFiles(), vector + [1, 0, 0, 0, 2, 8, 9, 0]).map(\.bytes) == [[8, 9]])
        #expect(try answer(TL.GetMatrix(), vector + [1, 0, 0, 0] + vector + [1, 0, 0, 0, 7, 0, 0, 0]) == [[7]])
        let wrapped = TL.InvokeWithLayer(layer: 1, query: TL.Count(peer: .peerEmpty))
        #expect(try answer(wrapped, [5, 0, 0, 0]) == 5)
        #expect(try answer(TL.InvokeTimed(query: wrapped), try Samples.point.encoded()).x == -1)
    }
}

/// Reads any function of the schema, as a server does.
func decodedFunction(_ bytes: [UInt8]) throws -> any TL.Function {
    try bytes.withUnsafeBytes { buffer in
        var reader = TLReader(buffer)
        let function = TL.function(from: &reader)
        try reader.finish()
        return try #require(function)
    }
}
