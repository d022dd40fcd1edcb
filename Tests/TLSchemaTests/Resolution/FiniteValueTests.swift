import TLSchema
import Testing

@Suite struct FiniteValueTests {
    static let cycles: [Mistake] = [
        Mistake(
            "a x:A = A;",
            "1:3: error: type 'A' has no finite value: A.x -> A; "
                + "expected an optional field, a vector, or another constructor in the chain"
        ),
        Mistake(
            "a n:int b:B = A;\nb a:A = B;",
            "1:9: error: type 'A' has no finite value: A.b -> B.a -> A; "
                + "expected an optional field, a vector, or another constructor in the chain"
        ),
        Mistake(
            "a b:B = A;\nb c:C = B;\nc b:%B = C; d b:b = C;",
            "2:3: error: constructor 'b' has no finite value: b.c -> C.b -> b; "
                + "expected an optional field, a vector, or another constructor in the chain"
        ),
        Mistake(
            "a x:a = T; b = T;",
            "1:3: error: constructor 'a' has no finite value: a.x -> a; "
                + "expected an optional field, a vector, or another constructor in the chain"
        ),
        Mistake(
            "a x:A = A; b x:A = A; c y:B = C; d z:B = B;",
            "1:3: error: type 'A' has no finite value: A.x -> A; "
                + "expected an optional field, a vector, or another constructor in the chain",
            "1:36: error: type 'B' has no finite value: B.z -> B; "
                + "expected an optional field, a vector, or another constructor in the chain"
        ),
    ]

    @Test(arguments: cycles)
    func cycleIsNamedAtTheFieldWhereItStarts(cycle: Mistake) {
        #expect(findings(cycle.text) == cycle.findings)
    }

    @Test func vectorsAndOptionsMakeRecursionFinite() {
        let text = "a b:vector<a> = A; c flags:# d:flags.0?C e:Vector<%C> = C; leaf = Tree; node l:Tree r:Tree = Tree;"
        #expect(load(text).value?.types.count == 3)
    }

    @Test func longChainIsNamedByItsBeginning() throws {
        let text = (0..<20).map { "c\($0) x:T\(($0 + 1) % 20) = T\($0);" }.joined(separator: "\n")
        let only = try #require(findings(text).first)
        #expect(only.contains("T0.x -> T1.x -> ") && only.contains("T15.x -> ... -> T0;"))
        #expect(findings(text).count == 1)
    }
}
