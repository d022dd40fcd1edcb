import MTProto
import TelegramTesting
import Testing

/// Every check has a test in which a server provokes it.
@Suite struct SecurityCheckCoverageTests {
    @Test func everyCheckIsProvoked() {
        let inExchanges = Set(KeyExchangeMisbehaviour.allCases.compactMap(\.expectedCheck))
        let inMessages = Set(ServerMisbehaviourTests.checks.map(\.check))
        // 'TemporaryKeyAttackTests' provokes this one.
        let provoked = inExchanges.union(inMessages).union([.temporaryKey])
        #expect(Set(SecurityCheck.allCases).subtracting(provoked).isEmpty)
    }

    @Test func onlyRefusalsOfTheServerHaveNoCheck() {
        let refusals = KeyExchangeMisbehaviour.allCases.filter { $0.expectedCheck == nil }
        #expect(refusals == [.offerRefused, .failure, .endlessRetries])
    }
}
