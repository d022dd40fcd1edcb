import TLRuntime
import Testing

@Suite("Nesting")
struct DepthTests {
    private static let limit = TLReader.depthLimit

    @Test func deepestAllowedValueDecodes() throws {
        let tree = Tree.path(levels: Self.limit)
        #expect(try Tree(decoding: tree.encoded()) == tree)
    }

    @Test func oneLevelMoreFails() throws {
        let bytes = try Tree.path(levels: Self.limit + 1).encoded()
        // Each level takes 16 bytes: number, empty label, number of the vector, count.
        #expect(throws: TLDecodingError.tooDeep(limit: Self.limit, offset: 16 * Self.limit)) {
            try Tree(decoding: bytes)
        }
    }

    @Test func levelsOfNeighboursDoNotAdd() throws {
        let tree = Tree.tree(label: "", children: .init(repeating: .path(levels: 100), count: 5))
        #expect(try Tree(decoding: tree.encoded()) == tree)
    }

    @Test func levelsAreGivenBackAfterUse() throws {
        try read([]) { reader in
            for _ in 0..<1_000 {
                for _ in 0..<Self.limit { reader.descend() }
                for _ in 0..<Self.limit { reader.ascend() }
            }
        }
    }

    @Test func deepestValueFitsInASmallStack() async throws {
        let bytes = try Tree.path(levels: Self.limit).encoded()
        let succeeded = await onSmallStack { (try? Tree(decoding: bytes)) != nil }
        #expect(succeeded)
    }

    @Test func absurdDepthFailsInASmallStack() async throws {
        let level = words(0xa001, 0, TLConstructorID.vector, 1)
        let bytes = [[UInt8]](repeating: level, count: 100_000).flatMap { $0 }
        let error = await onSmallStack { () -> TLDecodingError? in
            do throws(TLDecodingError) {
                _ = try Tree(decoding: bytes)
                return nil
            } catch {
                return error
            }
        }
        #expect(error == .tooDeep(limit: Self.limit, offset: 16 * Self.limit))
    }
}
