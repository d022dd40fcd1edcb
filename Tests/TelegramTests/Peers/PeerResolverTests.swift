import MTProtoCrypto
import TelegramAPI
import TelegramTesting
import Testing

@testable import Telegram

@Suite struct PeerResolverTests {
    private let session: MemorySession
    private let clock = ManualClock()
    private let directory: PeerDirectory

    init() throws {
        session = MemorySession()
        _ = try session.open()
        directory = PeerDirectory(store: session, time: clock)
    }

    private func resolver(_ script: @escaping ScriptedCaller.Script) -> PeerResolver<ScriptedCaller> {
        PeerResolver(directory: directory, caller: ScriptedCaller(script))
    }

    /// Knows the username `ann`, and nobody else.
    private func nameServer() -> PeerResolver<ScriptedCaller> {
        resolver { request in
            guard let request = request as? TL.contacts.ResolveUsername else { return 0 }
            guard request.username == "ann" else {
                throw RPCError.UsernameNotOccupied(code: 400, name: "USERNAME_NOT_OCCUPIED")
            }
            return TL.contacts.ResolvedPeer(
                peer: PeerID.user(1).raw,
                chats: [],
                users: [PeerSamples.user(2), PeerSamples.user(1, username: "Ann")]
            )
        }
    }

    private func code(_ body: () async throws -> TL.InputPeer) async -> PeerError.Code? {
        do {
            _ = try await body()
            return nil
        } catch { return (error as? PeerError)?.code }
    }

    // MARK: - Usernames

    @Test func usernameIsAskedForOnceAndThenKnown() async throws {
        let resolver = nameServer()
        #expect(text(try await resolver.inputPeer(for: "@Ann")) == "user 1/77")
        #expect(text(try await resolver.inputPeer(for: "t.me/ann")) == "user 1/77")
        #expect(resolver.caller.names == ["contacts.resolveUsername"])
        #expect(try session.peer(username: "ann")?.id == .user(1))
    }

    @Test func usernameFromTheSessionIsNotAskedFor() async throws {
        try session.storePeers([StoredPeer(id: .channel(9), accessHash: 3, usernames: ["news"], name: "N")])
        let resolver = nameServer()
        #expect(text(try await resolver.inputPeer(for: "news")) == "channel 9/3")
        #expect(resolver.caller.names == [])
    }

    @Test func usernameFromTheSessionIsAskedForAfterAnHour() async throws {
        try session.storePeers([StoredPeer(id: .user(9), accessHash: 3, usernames: ["ann"], name: "Ann")])
        let resolver = nameServer()
        #expect(text(try await resolver.inputPeer(for: "@ann")) == "user 9/3")
        clock.advance(by: .seconds(3_599))
        #expect(text(try await resolver.inputPeer(for: "@ann")) == "user 9/3")
        #expect(resolver.caller.names == [])
        clock.advance(by: .seconds(1))
        #expect(text(try await resolver.inputPeer(for: "@ann")) == "user 1/77")
        #expect(resolver.caller.names == ["contacts.resolveUsername"])
        #expect(try session.peer(username: "ann")?.id == .user(1))
    }

    @Test func usernameThatKeepsComingIsNotAskedFor() async throws {
        let resolver = nameServer()
        for _ in 1...3 {
            await directory.learn(users: [PeerSamples.user(1, username: "Ann")], chats: [])
            clock.advance(by: .seconds(3_599))
            #expect(text(try await resolver.inputPeer(for: "@ann")) == "user 1/77")
        }
        #expect(resolver.caller.names == [])
        clock.advance(by: .seconds(1))
        #expect(text(try await resolver.inputPeer(for: "@ann")) == "user 1/77")
        #expect(resolver.caller.names == ["contacts.resolveUsername"])
    }

    @Test func usernameThatIsFreeIsNobodysInTheNextRunEither() async throws {
        try session.storePeers([StoredPeer(id: .user(5), accessHash: 6, usernames: ["bob", "bobby"], name: "Bob")])
        let resolver = nameServer()
        await #expect(throws: PeerError.self) { try await resolver.entities(["@bob"]) }
        let nextRun = PeerResolver(directory: PeerDirectory(store: session, time: clock), caller: resolver.caller)
        #expect(await code { try await nextRun.inputPeer(for: "@bob") } == .usernameNotOccupied)
        #expect(text(try await nextRun.inputPeer(for: "@bobby")) == "user 5/6")
    }

    @Test func thatNobodyHasANameIsRememberedForAWhile() async throws {
        let resolver = nameServer()
        for _ in 1...3 { #expect(await code { try await resolver.inputPeer(for: "@bea") } == .usernameNotOccupied) }
        #expect(resolver.caller.names.count == 1)
        clock.advance(by: .seconds(600))
        #expect(await code { try await resolver.inputPeer(for: "@bea") } == .usernameNotOccupied)
        #expect(resolver.caller.names.count == 2)
    }

    @Test func manyWhoAskForOneNameMakeOneRequest() async throws {
        let isOpen = Locked(false)
        let resolver = resolver { _ in
            while !isOpen.withLock({ $0 }) { await Task.yield() }
            return TL.contacts.ResolvedPeer(peer: PeerID.user(1).raw, chats: [], users: [PeerSamples.user(1)])
        }
        let tasks = (1...20).map { _ in Task { text(try await resolver.inputPeer(for: "@ann")) } }
        while directory.requests.waiterCount(.username("ann")) < 19 { await Task.yield() }
        isOpen.withLock { $0 = true }
        for task in tasks { #expect(try await task.value == "user 1/77") }
        #expect(resolver.caller.names.count == 1)
    }

    @Test func floodWaitIsThrownAndNotRemembered() async throws {
        let resolver = resolver { _ in throw RPCError.FloodWait(code: 420, name: "FLOOD_WAIT_9", value: 9) }
        for _ in 1...2 {
            await #expect(throws: RPCError.FloodWait.self) { try await resolver.inputPeer(for: "@ann") }
        }
        #expect(resolver.caller.names.count == 2)
    }

    // MARK: - Numbers

    @Test func numberIsAskedForWithoutAHash() async throws {
        let resolver = resolver { request in
            guard let request = request as? TL.users.GetUsers else { return 0 }
            #expect(text(request.id.first.map { TL.InputPeer($0) }) == "user 5/0")
            return [PeerSamples.user(5, hash: 6)]
        }
        #expect(text(try await resolver.inputPeer(for: .peer(.user(5)))) == "user 5/6")
        #expect(text(try await resolver.inputPeer(for: 5)) == "user 5/6")
        #expect(resolver.caller.names.count == 1)
    }

    @Test func emptyUserIsNobody() async throws {
        let resolver = resolver { _ in [TL.User.userEmpty(id: 5)] }
        #expect(await code { try await resolver.inputPeer(for: .peer(.user(5))) } == .notFound)
        #expect(await code { try await resolver.inputPeer(for: .peer(.user(5))) } == .notFound)
        #expect(resolver.caller.names.count == 1)
    }

    @Test func channelThatTheServerDoesNotTellOfIsNotFound() async throws {
        let resolver = resolver { _ in throw RPCError.ChannelInvalid(code: 400, name: "CHANNEL_INVALID") }
        #expect(await code { try await resolver.inputPeer(for: .peer(.channel(5))) } == .notFound)
        #expect(resolver.caller.names == ["channels.getChannels"])
    }

    @Test func positiveNumberOfTheOnlyKnownGroupMeansIt() async throws {
        await directory.learn(users: [], chats: [PeerSamples.channel(5)])
        let resolver = resolver { _ in [TL.User]() }
        #expect(text(try await resolver.inputPeer(for: 5)) == "channel 5/88")
        // The user goes before, or a message would reach somebody else.
        #expect(resolver.caller.names == ["users.getUsers"])
        await directory.learn(users: [], chats: [PeerSamples.group(5)])
        #expect(await code { try await resolver.inputPeer(for: 5) } == .ambiguous)
    }

    // MARK: - Phone numbers, invitations, names

    @Test func phoneNumberIsResolved() async throws {
        let resolver = resolver { _ in
            TL.contacts.ResolvedPeer(peer: PeerID.user(1).raw, chats: [], users: [PeerSamples.user(1)])
        }
        for _ in 1...2 { #expect(text(try await resolver.inputPeer(for: .phone("+39 333"))) == "user 1/77") }
        #expect(resolver.caller.names == ["contacts.resolvePhone"])
    }

    @Test func contactsAreSearchedForAHiddenNumber() async throws {
        let resolver = resolver { request in
            if request is TL.contacts.ResolvePhone {
                throw RPCError.PhoneNotOccupied(code: 400, name: "PHONE_NOT_OCCUPIED")
            }
            return TL.contacts.Contacts.contacts(
                contacts: [],
                savedCount: 0,
                users: [PeerSamples.user(1, phone: "39334"), PeerSamples.user(2, phone: "39333")]
            )
        }
        #expect(text(try await resolver.inputPeer(for: .phone("39333"))) == "user 2/77")
        #expect(text(try await resolver.inputPeer(for: .phone("39334"))) == "user 1/77")
        #expect(await code { try await resolver.inputPeer(for: .phone("39335")) } == .notFound)
        #expect(resolver.caller.names.count == 4)
    }

    @Test func invitationOfAMemberLeadsToTheGroup() async throws {
        let resolver = resolver { _ in TL.ChatInvite.chatInviteAlready(chat: PeerSamples.channel(5)) }
        #expect(text(try await resolver.inputPeer(for: "t.me/+AbCd")) == "channel 5/88")
    }

    @Test func invitationOfSomebodyElseIsToBeAcceptedFirst() async throws {
        let isMember = Locked(false)
        let resolver = resolver { _ in
            if isMember.withLock({ $0 }) { return TL.ChatInvite.chatInviteAlready(chat: PeerSamples.group(5)) }
            return TL.ChatInvite.chatInvite(title: "T", photo: .photoEmpty(id: 0), participantsCount: 1, color: 0)
        }
        #expect(await code { try await resolver.inputPeer(for: "t.me/+AbCd") } == .inviteNotJoined)
        isMember.withLock { $0 = true }
        #expect(text(try await resolver.inputPeer(for: "t.me/+AbCd")) == "group 5")
    }

    @Test func expiredInvitationSaysSo() async throws {
        let resolver = resolver { _ in throw RPCError.InviteHashExpired(code: 400, name: "INVITE_HASH_EXPIRED") }
        #expect(await code { try await resolver.inputPeer(for: "t.me/+AbCd") } == .inviteExpired)
    }

    @Test func namesAreFoundOnlyWhenAskedFor() async throws {
        await directory.learn(users: [], chats: [PeerSamples.channel(5, title: "Swift")])
        let resolver = nameServer()
        #expect(text(try await resolver.inputPeer(for: .name("Swift"))) == "channel 5/88")
        #expect(await code { try await resolver.inputPeer(for: "Swift") } == .usernameNotOccupied)
    }

    // MARK: - Kinds

    @Test func wrongKindIsRefused() async throws {
        let resolver = nameServer()
        #expect(try await resolver.inputUser(for: "@ann").encoded().count == 20)
        await #expect(throws: PeerError.self) { try await resolver.inputUser(for: -5) }
        await #expect(throws: PeerError.self) { try await resolver.inputChannel(for: -5) }
        await #expect(throws: PeerError.self) { try await resolver.inputChannel(for: "@ann") }
        await #expect(throws: PeerError.self) { try await resolver.inputChannel(for: .me) }
        let channel = TL.InputPeer.inputPeerChannel(channelID: 1, accessHash: 2)
        #expect(try await PeerID(resolver.inputChannel(for: .input(channel))) == .channel(1))
    }
}
