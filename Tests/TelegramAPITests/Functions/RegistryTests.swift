import TLSchema
import TelegramAPI
import Testing

/// Types by the numbers of their constructors.
@Suite struct RegistryTests {
    @Test func layerIsThatOfTheSchema() throws {
        #expect(TL.layer == 228)
        #expect(try loadedSchema().layer == 228)
    }

    @Test func everyConstructorBelongsToTheTypeThatTheSchemaSays() throws {
        let schema = try loadedSchema()
        for type in schema.types {
            let registered = type.constructors.map { TL.type(ofConstructor: $0.number) }
            let identifiers = Set(registered.map { $0.map { ObjectIdentifier($0) } })
            #expect(identifiers.count == 1 && !identifiers.contains(nil), "\(type.name)")
        }
        let all = schema.constructors.compactMap { TL.type(ofConstructor: $0.number) }
        #expect(all.count == Samples.constructorCount)
        #expect(Set(all.map { ObjectIdentifier($0) }).count == schema.types.count)
    }

    @Test func otherNumbersBelongToNoType() throws {
        let schema = try loadedSchema()
        for function in schema.functions { #expect(TL.type(ofConstructor: function.number) == nil, "\(function.name)") }
        for number: UInt32 in [0, 1, .max, TLConstructorID.vector, TLConstructorID.boolTrue] {
            #expect(TL.type(ofConstructor: number) == nil)
        }
    }

    @Test func unknownNumberIsAnErrorThatNamesIt() throws {
        let error = try #require(throws: TLDecodingError.self) {
            _ = try TL.object(decoding: [0x78, 0x56, 0x34, 0x12, 0, 0, 0, 0])
        }
        #expect(error == .unknownConstructor(id: 0x1234_5678, expected: "TL.Object", offset: 0))
        #expect(
            "\(error)" == "unknown constructor 0x12345678 at offset 0, where a value of type 'TL.Object' was expected"
        )
    }

    @Test func unknownNumberInsideOfAValueTellsItsPlace() throws {
        var bytes = try TL.RichText.textBold(text: .textEmpty).encoded()
        bytes[4] ^= 0xFF
        let error = try #require(throws: TLDecodingError.self) { _ = try TL.RichText(decoding: bytes) }
        guard case .unknownConstructor(_, expected: "RichText", offset: 4) = error else {
            Issue.record("unexpected error: \(error)")
            return
        }
    }

    @Test func lessThanANumberIsAnError() {
        for count in 0..<4 {
            #expect(throws: TLDecodingError.unexpectedEnd(needed: 4, left: count, offset: 0)) {
                _ = try TL.object(decoding: [UInt8](repeating: 0, count: count))
            }
        }
    }
}
