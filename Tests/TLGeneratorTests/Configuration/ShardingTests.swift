import Testing

@testable import TLGenerator

@Suite struct ShardingTests {
    /// Whoever changes these values moves declarations between the files of everybody who commits generated sources.
    @Test(arguments: [
        ("inputPeerUser", 8, 0), ("InputPeer", 8, 3), ("messages.Chats", 8, 4), ("messages.sendMessage", 8, 2),
        ("messages.sendMessage", 4, 2), ("messages.sendMessage", 64, 26), ("", 8, 5), ("a", 1, 0),
    ])
    func shardOfANameNeverChanges(name: String, count: Int, shard: Int) {
        #expect(Sharding.shard(of: name, count: count) == shard)
    }

    @Test(arguments: [1, 2, 8, 64]) func everyShardGetsItsShare(count: Int) {
        var sizes = [Int](repeating: 0, count: count)
        for index in 0..<count * 100 { sizes[Sharding.shard(of: "namespace.type\(index)", count: count)] += 1 }
        #expect(sizes.allSatisfy { (50...150).contains($0) })
    }

    @Test func addingATypeTouchesOneFileBesidesTheRegistries() {
        let before = PipelineRun("a = A; b = B; c = C; d = D; e = E; f = F;").files
        let after = PipelineRun("a = A; b = B; c = C; d = D; e = E; f = F; g = G;").files
        let changed = before.keys.filter { before[$0] != after[$0] }.sorted()
        #expect(changed == ["TL+FieldTable.swift", "TL+Types-0\(Sharding.shard(of: "G", count: 8)).swift", "TL.swift"])
    }

    @Test func outputsAreAFixedList() {
        let client = GeneratorConfiguration(schema: ["s.tl"], root: "API", shards: 2)
        #expect(
            client.outputs == [
                "API.swift", "API+Errors.swift", "API+FieldTable.swift", "API+PeerCarriers.swift", "API+Types-00.swift",
                "API+Types-01.swift", "API+Functions-00.swift", "API+Functions-01.swift",
            ]
        )
        let server = GeneratorConfiguration(schema: ["s.tl"], contents: .functionDecoders, module: "M", shards: 11)
        #expect(server.outputs.count == 12)
        #expect(server.outputs.first == "TL+FunctionRegistry.swift")
        #expect(server.outputs.last == "TL+FunctionDecoders-10.swift")
    }
}
