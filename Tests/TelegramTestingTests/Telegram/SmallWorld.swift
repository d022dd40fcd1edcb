import MTProto
import MTProtoCrypto
import Telegram
import Testing

@testable import TelegramTesting

/// A world without a server: requests are values, and so is what would be sent.
struct SmallWorld {
    var world: World
    private var lastKey: Int64 = 0

    init(dataCenters: [Int32] = [1, 2]) {
        world = World(dataCenters: dataCenters, random: SystemRandom())
        world.now = 1_700_000_000
    }

    // MARK: - Who is there

    mutating func user(_ name: String, dataCenter: Int32 = 2) throws -> Caller {
        let account = try world.addUser(
            phone: "39\(1_000_000 + world.accounts.count)",
            firstName: name,
            lastName: "",
            username: "\(name.lowercased())_test",
            dataCenter: dataCenter
        )
        return signedIn(account.id, dataCenter: dataCenter)
    }

    mutating func bot(_ name: String) throws -> Caller {
        let account = try world.addBot(name: name, username: "\(name.lowercased())_bot", token: nil, dataCenter: 2)
        return signedIn(account.id, dataCenter: 2)
    }

    /// Another device of an account.
    mutating func signedIn(_ id: Int64, dataCenter: Int32 = 2) -> Caller {
        var caller = stranger(dataCenter: dataCenter)
        caller.accountID = id
        world.authorize(id, caller)
        return caller
    }

    mutating func stranger(dataCenter: Int32 = 2) -> Caller {
        lastKey += 1
        return Caller(
            authKeyID: lastKey,
            dataCenterID: dataCenter,
            session: SessionAddress(keyID: lastKey, sessionID: lastKey),
            now: world.now
        )
    }

    // MARK: - What is said

    func input(_ peer: PeerID, for caller: Caller) -> TL.InputPeer {
        let hash = world.accessHash(of: peer, for: caller.accountID)
        return switch peer {
        case .user(let id): .inputPeerUser(userID: id, accessHash: hash)
        case .chat(let id): .inputPeerChat(chatID: id)
        case .channel(let id): .inputPeerChannel(channelID: id, accessHash: hash)
        }
    }

    func user(_ other: Caller, for caller: Caller) -> TL.InputUser {
        let hash = world.accessHash(of: .user(other.accountID), for: caller.accountID)
        return .inputUser(userID: other.accountID, accessHash: hash)
    }

    func channel(_ id: Int64, for caller: Caller) -> TL.InputChannel {
        .inputChannel(channelID: id, accessHash: world.accessHash(of: .channel(id), for: caller.accountID))
    }

    /// Sends a message and forgets the answer.
    @discardableResult
    mutating func send(_ text: String, from caller: Caller, to peer: PeerID) throws -> Int32 {
        _ = try world.sendMessage(
            TL.messages.SendMessage(
                peer: input(peer, for: caller),
                message: text,
                randomID: Int64.random(in: 1...Int64.max)
            ),
            by: caller
        )
        return world.mailbox(of: peer, for: caller.accountID).lastID
    }

    mutating func makeGroup(_ members: [Caller]) -> PeerID {
        let ids = members.dropFirst().map(\.accountID)
        return .chat(world.makeGroup("Friends", creator: members[0].accountID, members: ids).0.id)
    }

    mutating func makeChannel(_ members: [Caller], isBroadcast: Bool = false) -> Int64 {
        let id = world.makeChannel("News", "", isBroadcast: isBroadcast, creator: members[0].accountID).id
        for member in members.dropFirst() { world.join(member.accountID, id, inviter: nil) }
        return id
    }

    /// What was sent to an account since the last time, as the updates in it.
    mutating func told(_ caller: Caller) -> [TL.Update] {
        let deliveries = world.outbox.filter { $0.recipient == .account(caller.accountID) }
        world.outbox.removeAll { $0.recipient == .account(caller.accountID) }
        var view = View(caller.accountID)
        return deliveries.flatMap(\.updates).compactMap { world.render($0, in: &view) }
    }

    func texts(_ peer: PeerID, for caller: Caller) -> [String] {
        world.mailbox(of: peer, for: caller.accountID).history(of: peer).reversed().map(\.text)
    }
}

/// The name of the error that something fails with.
func errorName(_ body: () throws -> Void) -> String? {
    do {
        try body()
        return nil
    } catch {
        return (error as? RPCError).map { "\($0.code) \($0.name)" } ?? "\(error)"
    }
}

extension TL.Message {
    /// The text of a message that has one.
    var writing: String? {
        if case .message(let message) = self { message.message } else { nil }
    }
}

extension TL.Updates {
    /// The updates of a full batch.
    var list: [TL.Update] {
        if case .updates(let batch) = self { batch.updates } else { [] }
    }
}
