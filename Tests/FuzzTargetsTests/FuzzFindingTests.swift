import Foundation
import FuzzTargets
import Testing

/// Inputs that fuzzing has found something with, and those that it starts from, against the rules that fuzzing checks.
@Suite struct FuzzFindingTests {
    @Test(arguments: RuntimeSeeds.all.map(\.target))
    func findingStaysFixed(target: String) throws {
        for file in findings(of: target) {
            let input = [UInt8](try Data(contentsOf: file))
            #expect(try violation(by: input, of: target) == nil, "\(file.lastPathComponent)")
        }
    }

    @Test(arguments: RuntimeSeeds.all.map(\.target))
    func soundInputsKeepTheRules(target: String) throws {
        let seeds = try #require(RuntimeSeeds.all.first { $0.target == target }?.seeds)
        #expect(seeds.count > 10)
        for (index, seed) in seeds.enumerated() {
            #expect(try violation(by: seed, of: target) == nil, "seed \(index)")
        }
    }

    private func violation(by input: [UInt8], of target: String) throws -> String? {
        switch target {
        case "fuzz-transport": return TransportRules.violation(by: input)
        case "fuzz-proxy": return ProxyDialogueRules.violation(by: input)
        case "fuzz-key-exchange": return try #require(KeyExchangeRules()).violation(by: input)
        case "fuzz-session": return SessionRules.violation(by: input)
        case "fuzz-server-session": return ServerSessionRules.violation(by: input)
        case "fuzz-crypto": return CryptoRules.violation(by: input)
        default: return "'\(target)' has rules"
        }
    }

    private func findings(of target: String) -> [URL] {
        var tests = URL(filePath: #filePath)
        for _ in 0..<2 { tests.deleteLastPathComponent() }
        let folder = tests.appending(components: "Fuzz", "Findings", target)
        let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (files ?? []).sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}
