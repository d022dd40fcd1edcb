import TelegramAPI
import Testing

@testable import Telegram

/// The machine alone: references in, steps out.
@Suite struct PeerResolutionTests {
    private typealias Step = PeerResolution.Step

    /// The steps until nothing is left, and the error then.
    private func exhausted(
        _ reference: PeerReference,
        isBot: Bool = false,
        asksForNames: Bool = false
    ) -> (steps: [Step], code: PeerError.Code?) {
        var resolution = PeerResolution(reference, isBot: isBot, asksForNames: asksForNames)
        var steps: [Step] = []
        while case .trying(let step) = resolution.state {
            steps.append(step)
            resolution.received(.nothing)
        }
        if case .failed(let error) = resolution.state { return (steps, error.code) }
        return (steps, nil)
    }

    private func found(_ resolution: PeerResolution) -> String {
        if case .found(let peer) = resolution.state { text(peer) } else { "nobody" }
    }

    private func step(_ resolution: PeerResolution) -> Step? {
        if case .trying(let step) = resolution.state { step } else { nil }
    }

    @Test func whatARequestCanNameNeedsNothing() {
        #expect(found(PeerResolution(.me)) == "self")
        #expect(found(PeerResolution(.input(.inputPeerUser(userID: 1, accessHash: 2)))) == "user 1/2")
        #expect(found(PeerResolution(.peer(.chat(5)))) == "group 5")
        #expect(found(PeerResolution(-5)) == "group 5")
    }

    @Test func memoryAndSessionComeBeforeTheServer() {
        #expect(exhausted("@ann").steps == [.knownUsername("ann"), .ask(.username("ann"))])
        #expect(exhausted("+39 333").steps == [.knownPhone("39333"), .ask(.phone("39333"))])
        #expect(exhausted(.peer(.user(5))).steps == [.known(.user(5)), .ask(.user(5))])
        #expect(exhausted(-1_000_000_000_005).steps == [.known(.channel(5)), .ask(.channel(5))])
        #expect(exhausted("t.me/+AbCd").steps == [.ask(.invite("AbCd"))])
        #expect(exhausted(.name("Ann B")).steps == [.knownName("Ann B")])
    }

    @Test func objectsAreAskedForByName() {
        #expect(exhausted("@ann", asksForNames: true).steps == [.ask(.username("ann"))])
    }

    @Test func positiveNumberIsAUsersFirst() {
        #expect(exhausted(5).steps == [.known(.user(5)), .ask(.user(5)), .knownGroup(5)])
    }

    @Test func botsDoNotAskWhatOnlyUsersMay() {
        #expect(exhausted("+39 333", isBot: true).steps == [.knownPhone("39333")])
        #expect(exhausted("+39 333", isBot: true).code == .notForBots)
        #expect(exhausted("t.me/+AbCd", isBot: true).steps == [])
        #expect(exhausted("t.me/+AbCd", isBot: true).code == .notForBots)
    }

    @Test func eachFailureHasItsCode() {
        #expect(exhausted("@ann").code == .usernameNotOccupied)
        #expect(exhausted("a b").code == .invalid)
        #expect(exhausted(5).code == .notFound)
        #expect(exhausted("+39 333").code == .notFound)
        #expect(exhausted(.name("x")).code == .notFound)
    }

    @Test func whoeverTheServerNamesIsLookedUpOnceMore() {
        var resolution = PeerResolution("@ann")
        resolution.received(.nothing)
        resolution.received(.peer(.user(5)))
        #expect(step(resolution) == .known(.user(5)))
        resolution.received(.input(.inputPeerUser(userID: 5, accessHash: 1)))
        #expect(found(resolution) == "user 5/1")
    }

    @Test func theSameQuestionIsNotAskedTwice() {
        var resolution = PeerResolution(.peer(.user(5)))
        resolution.received(.nothing)
        // The server tells of the user, but not how to name them.
        resolution.received(.peer(.user(5)))
        #expect(step(resolution) == .known(.user(5)))
        resolution.received(.nothing)
        #expect(step(resolution) == nil)
        #expect(found(resolution) == "nobody")
    }

    @Test func refusalIsTheEnd() {
        var resolution = PeerResolution("t.me/+AbCd")
        resolution.received(.refused(PeerError(.inviteNotJoined, "x")))
        guard case .failed(let error) = resolution.state else {
            Issue.record("it goes on")
            return
        }
        #expect(error.code == .inviteNotJoined)
        resolution.received(.peer(.user(1)))
        #expect(step(resolution) == nil)
    }

    @Test func messagesNameNoSecretsAndSayWhatHelps() {
        for reference in ["+39 333 1234567", "t.me/+AbCdEfGh", "@ann", 5, "12 ab"] as [PeerReference] {
            var resolution = PeerResolution(reference)
            while case .trying = resolution.state { resolution.received(.nothing) }
            guard case .failed(let error) = resolution.state else { continue }
            #expect(!error.message.contains("333") && !error.message.contains("AbCd"))
            #expect(error.message.contains(";"), "\(error)")
            #expect(error.description == error.message)
        }
    }
}
