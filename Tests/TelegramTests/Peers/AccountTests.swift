import MTProtoCrypto
import TelegramAPI
import Testing

@testable import Telegram

@Suite struct AccountTests {
    private let directory: PeerDirectory
    private let failure = Locked<RPCError?>(nil)

    init() throws {
        let session = MemorySession()
        _ = try session.open()
        directory = PeerDirectory(store: session)
    }

    private func resolver() -> PeerResolver<ScriptedCaller> {
        let script: ScriptedCaller.Script = { [failure] request in
            if let error = failure.withLock({ $0 }) { throw error }
            if request is TL.updates.GetState {
                return TL.updates.State(pts: 1, qts: 0, date: 1, seq: 1, unreadCount: 0)
            }
            return [PeerSamples.user(42, isSelf: true)]
        }
        return PeerResolver(directory: directory, caller: ScriptedCaller(script))
    }

    private func fail(_ error: RPCError?) { failure.withLock { $0 = error } }

    @Test func whetherSomebodyIsSignedInIsAskedOnce() async throws {
        let resolver = resolver()
        for _ in 1...3 { #expect(try await resolver.isAuthorized()) }
        #expect(resolver.caller.names == ["updates.getState"])
    }

    @Test func onlyCode401MeansThatNobodyIsSignedIn() async throws {
        let resolver = resolver()
        fail(RPCError.Server(code: 500, name: "NO_WORKERS_RUNNING"))
        await #expect(throws: RPCError.Server.self) { try await resolver.isAuthorized() }
        // The trouble has not been taken for an answer.
        fail(RPCError.Unauthorized(code: 401, name: "AUTH_KEY_UNREGISTERED"))
        #expect(try await !resolver.isAuthorized())
        fail(nil)
        #expect(try await !resolver.isAuthorized())
        await directory.setAccount(SessionAccount(userID: 42, isBot: false))
        #expect(try await resolver.isAuthorized())
    }

    @Test func answerForTheLastAccountIsNotTakenForTheNextOne() async throws {
        let epoch = await directory.accountEpoch
        await directory.setAccount(SessionAccount(userID: 1, isBot: false))
        await directory.setAuthorized(false, epoch: epoch)
        #expect(await directory.isAuthorized == nil)
    }

    @Test func accountIsNilOnlyForCode401() async throws {
        let resolver = resolver()
        #expect(try await resolver.me()?.id == 42)
        fail(RPCError.Unauthorized(code: 401, name: "SESSION_REVOKED"))
        #expect(try await resolver.me() == nil)
        fail(RPCError.Flood(code: 420, name: "FLOOD_WAIT_5"))
        await #expect(throws: RPCError.Flood.self) { try await resolver.me() }
    }

    @Test func numbersPassWithoutALookup() async throws {
        let resolver = resolver()
        #expect(try await resolver.peerID(of: 5) == .user(5))
        #expect(try await resolver.peerID(of: -5) == .chat(5))
        #expect(try await resolver.peerID(of: .peer(.channel(5))) == .channel(5))
        #expect(try await resolver.peerID(of: .input(.inputPeerChat(chatID: 7))) == .chat(7))
        #expect(resolver.caller.names == [])
    }

    @Test func numberOfTheAccountIsKnownOrAskedFor() async throws {
        let resolver = resolver()
        #expect(try await resolver.peerID(of: .me) == .user(42))
        await directory.setAccount(SessionAccount(userID: 43, isBot: false))
        #expect(try await resolver.peerID(of: .me) == .user(43))
        #expect(resolver.caller.names == ["users.getUsers"])
        await directory.setAccount(nil)
        fail(RPCError.Unauthorized(code: 401, name: "AUTH_KEY_UNREGISTERED"))
        await #expect(throws: ClientError.self) { try await resolver.peerID(of: .me) }
    }
}
