import TelegramAPI
import TelegramTesting
import Testing

@testable import Telegram

@Suite struct EntitiesTests {
    private let clock = ManualClock()
    private let directory: PeerDirectory

    init() throws {
        let session = MemorySession()
        _ = try session.open()
        directory = PeerDirectory(store: session, time: clock)
    }

    /// A server that knows everybody but the users above 9000, and answers in an order of its own.
    private func resolver() -> PeerResolver<ScriptedCaller> {
        let script: ScriptedCaller.Script = { request in
            switch request {
            case let request as TL.users.GetUsers:
                return request.id.reversed().map { user in
                    guard let id = PeerID(user) else { return PeerSamples.user(1, isSelf: true) }
                    return id.bare > 9_000 ? .userEmpty(id: id.bare) : PeerSamples.user(id.bare)
                }
            case let request as TL.messages.GetChats:
                return TL.messages.Chats.chats(chats: request.id.reversed().map { PeerSamples.group($0) })
            case let request as TL.channels.GetChannels:
                let ids = request.id.compactMap { PeerID($0)?.bare }
                return TL.messages.Chats.chats(chats: ids.reversed().map { PeerSamples.channel($0) })
            case let request as TL.contacts.ResolveUsername:
                return TL.contacts.ResolvedPeer(
                    peer: PeerID.user(7).raw,
                    chats: [],
                    users: [PeerSamples.user(7, username: request.username)]
                )
            default:
                return 0
            }
        }
        return PeerResolver(directory: directory, caller: ScriptedCaller(script))
    }

    private func input(user id: Int64) -> PeerReference { .input(.inputPeerUser(userID: id, accessHash: 1)) }
    private func input(channel id: Int64) -> PeerReference { .input(.inputPeerChannel(channelID: id, accessHash: 1)) }

    @Test func orderIsThatOfTheReferencesAndEachKindIsOneRequest() async throws {
        let resolver = resolver()
        let references = [
            input(channel: 3), input(user: 5), -4, .me, input(user: 6), input(channel: 2), -8, input(user: 5),
        ]
        let entities = try await resolver.entities(references)
        #expect(
            entities.map(\.peerID) == [
                .channel(3), .user(5), .chat(4), .user(1), .user(6), .channel(2), .chat(8), .user(5),
            ]
        )
        #expect(resolver.caller.names.sorted() == ["channels.getChannels", "messages.getChats", "users.getUsers"])
    }

    @Test func usersAreAskedForTwoHundredAtATime() async throws {
        let resolver = resolver()
        let entities = try await resolver.entities((1...450).map { input(user: $0 + 100) })
        #expect(entities.count == 450)
        let sizes = resolver.caller.requests.compactMap { ($0 as? TL.users.GetUsers)?.id.count }
        #expect(sizes == [200, 200, 50])
    }

    @Test func everybodyIsAskedForOnce() async throws {
        let resolver = resolver()
        _ = try await resolver.entities([input(user: 5), input(user: 5), input(user: 5)])
        #expect(resolver.caller.requests.compactMap { ($0 as? TL.users.GetUsers)?.id.count } == [1])
    }

    @Test func resolvedNameNeedsNoSecondRequest() async throws {
        let resolver = resolver()
        let entity = try await resolver.entities(["@ann"]).first
        #expect(entity?.peerID == .user(7))
        #expect(resolver.caller.names == ["contacts.resolveUsername"])
    }

    @Test func nameIsBelievedForAnHourAndTheObjectIsFresh() async throws {
        let resolver = resolver()
        _ = try await resolver.entities(["@ann"])
        _ = try await resolver.entities(["@ann"])
        #expect(resolver.caller.names == ["contacts.resolveUsername", "users.getUsers"])
        clock.advance(by: .seconds(3600))
        _ = try await resolver.entities(["@ann"])
        #expect(resolver.caller.names.suffix(1) == ["contacts.resolveUsername"])
    }

    @Test func somebodyTheServerDoesNotTellOfIsNotDropped() async throws {
        let resolver = resolver()
        await #expect(throws: PeerError.self) {
            try await resolver.entities([input(user: 5), input(user: 9_001), input(user: 6)])
        }
        await #expect(throws: PeerError.self) { try await resolver.entities([.input(.inputPeerEmpty)]) }
    }

    @Test func nothingIsAskedForNobody() async throws {
        let resolver = resolver()
        #expect(try await resolver.entities([]).isEmpty)
        #expect(resolver.caller.names == [])
    }
}
