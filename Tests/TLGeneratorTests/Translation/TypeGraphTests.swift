import TLSchema
import Testing

@testable import TLGenerator

@Suite struct TypeGraphTests {
    private func graph(_ schema: String) throws -> TypeGraph { try Sample(schema).context.graph }

    private func recursive(_ schema: String) throws -> [String] {
        try graph(schema).recursiveTypes.map(\.description).sorted()
    }

    @Test(arguments: [
        ("a x:int = A;", []),
        ("a flags:# a:flags.0?A = A;", ["A"]),
        ("a flags:# a:flags.0?a = A;", ["A"]),
        ("a a:Vector<A> = A;", ["A"]),
        ("a a:vector<Vector<%A>> = A;", ["A"]),
        ("a b:Vector<B> = A; b c:C = B; c flags:# a:flags.0?A = C; d a:A = D;", ["A", "B", "C"]),
        ("a b:B = A; b c:C = B; c = C;", []),
        ("a = A; aa a:A b:B = A; b x:int = B;", ["A"]),
        ("m.a b:Vector<m.B> = m.A; m.b a:Vector<m.A> = m.B; a x:m.A = A;", ["m.A", "m.B"]),
    ])
    func typesOnACycleAreRecursive(schema: String, types: [String]) throws {
        #expect(try recursive(schema) == types)
    }

    @Test(arguments: [
        ("a b:B = A; aa x:int = A; b = B;", 1),
        ("a b:B = A; aa = A; b = B;", 1),
        ("a x:int = A; aa = A;", 1),
        ("a x:int = A; aa y:int = A;", 0),
        ("a flags:# b:flags.0?B = A; aa b:B = A; b x:int = B;", 0),
        ("a b:Vector<B> = A; aa b:B = A; b x:int = B;", 0),
        ("a a:A = A; aa b:B = A; b c:C = B; c d:D = C; d = D;", 1),
        // Through 'b' one gets back to A, although its type has a constructor without fields.
        ("a b:b = A; aa c:C = A; b a:A = B; bb = B; c d:D = C; d x:int = D;", 1),
    ])
    func placeholderNestsLeast(schema: String, constructor: Int) throws {
        #expect(try graph(schema).shallowestConstructor[QualifiedName("A")] == constructor)
    }

    /// Work that grew with the square of the length would take minutes here.
    @Test func longChainsTakeLinearTime() throws {
        let length = 20_000
        let lines = (0..<length).map { "c\($0) x:T\($0 + 1) = T\($0);" }
        let graph = try graph(
            lines.joined(separator: "\n") + "\nlast x:int = T\(length);\nend flags:# x:flags.0?T0 = T\(length);"
        )
        #expect(graph.shallowestConstructor.count == length + 1)
        #expect(graph.recursiveTypes.count == length + 1)
    }
}
