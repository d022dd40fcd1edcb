import TLSchema
import TelegramAPI
import Testing

/// Values that the schema alone describes, through the generated code and back.
@Suite struct SchemaRoundTripTests {
    private static let rounds = 6

    @Test(arguments: [0, 1, 2, 3, 5])
    func everyConstructorAndFunctionComesOutAsItWentIn(depth: Int) throws {
        var samples = Samples(of: try loadedSchema(), seed: Seed.value &+ UInt64(depth))
        var counts: [Combinator.Kind: Int] = [:]
        for _ in 0..<Self.rounds {
            for (combinator, bytes) in samples.round(depth: depth) {
                do {
                    let isEqual = try recoded(bytes, as: combinator.kind) == bytes
                    if !isEqual { Issue.record("\(combinator.name) at depth \(depth) differs; \(Seed.hint)") }
                } catch {
                    Issue.record(error, "\(combinator.name) at depth \(depth); \(Seed.hint)")
                }
                counts[combinator.kind, default: 0] += 1
            }
        }
        #expect(
            counts == [
                .constructor: Self.rounds * Samples.constructorCount, .function: Self.rounds * Samples.functionCount,
            ]
        )
    }

    /// Without this the suite could pass while most constructors are only ever met as the outermost value.
    @Test func samplesReachMostConstructorsThatCanBeFields() throws {
        let schema = try loadedSchema()
        let decoder = ValueDecoder(schemas: [schema])
        let fields = (schema.constructors + schema.functions).flatMap(\.fields).compactMap(\.type)
        let fieldTypes = Set(fields.compactMap(Self.typeName))
        let reachable = schema.types.filter { fieldTypes.contains($0.name) }.flatMap(\.constructors)
        var samples = Samples(of: schema, seed: Seed.value &+ 3)
        var seen: Set<UInt32> = []
        for _ in 0..<Self.rounds {
            for (_, bytes) in samples.round(depth: 3) {
                note(try decoder.decode(bytes).value, isOutermost: true, &seen)
            }
        }
        let missed = reachable.filter { !seen.contains($0.number) }
        #expect(reachable.count > 1000)
        #expect(missed.count * 4 < reachable.count, "\(missed.map(\.name)); \(Seed.hint)")
    }

    private static func typeName(_ type: TypeReference) -> QualifiedName? {
        switch type {
        case .boxed(let name), .bare(let name): name
        case .vector(let element, _): typeName(element)
        case .int, .long, .double, .int128, .int256, .string, .bytes, .bool, .generic: nil
        }
    }

    private func note(_ value: TLValue, isOutermost: Bool, _ seen: inout Set<UInt32>) {
        switch value {
        case .object(let object):
            if !isOutermost { seen.insert(object.combinator.number) }
            for case let value? in object.values { note(value, isOutermost: false, &seen) }
        case .vector(let elements, _):
            for element in elements { note(element, isOutermost: false, &seen) }
        case .int, .long, .double, .int128, .int256, .string, .bytes, .bool, .flags, .present: break
        }
    }
}
