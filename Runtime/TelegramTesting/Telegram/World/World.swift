import MTProtoCrypto
import Telegram

/// The state of a small Telegram, and its rules: who exists, who is signed in, what was said, and what has to be told
/// to whom. A value without clocks, threads or sockets; what is to be sent waits in ``outbox``.
struct World: Sendable {
    var settings = SmallTelegramSettings()
    /// The server's clock, in Unix time: set before each request.
    var now: Int32 = 0 {
        didSet { if let nextBanEnd, nextBanEnd <= now { endBans() } }
    }
    /// When the first of all bans is over.
    var nextBanEnd: Int32?
    let dataCenters: [Int32]
    let random: any RandomSource
    /// What access hashes are made from.
    private let secret: [UInt8]

    var accounts: [Int64: AccountRecord] = [:]
    /// Who has a username, in small letters.
    var usernames: [String: PeerID] = [:]
    var authorizations: [Int64: KeyAuthorization] = [:]
    /// Keys that were signed out by somebody else.
    var revokedKeys: Set<Int64> = []
    /// Tokens of bots that have been replaced.
    var revokedTokens: Set<String> = []
    var desk = LoginDesk()
    var groups: [Int64: BasicGroup] = [:]
    var channels: [Int64: ChannelRecord] = [:]
    /// What hashes of invite links stand for.
    var invites: [String: PeerID] = [:]
    var inboxes: [Int64: Inbox] = [:]
    var outbox: [Delivery] = []

    private var lastUserID: Int64 = 5_000_000_000
    private var lastGroupID: Int64 = 4_000_000
    private var lastChannelID: Int64 = 2_100_000_000
    private var lastOrigin: Int64 = 0

    init(dataCenters: [Int32], random: any RandomSource) {
        self.dataCenters = dataCenters
        self.random = random
        secret = random.bytes(32)
    }

    // MARK: - Numbers

    /// Larger than 32 bits can say, as the numbers of accounts are today.
    mutating func nextUserID() -> Int64 {
        lastUserID += 1
        return lastUserID
    }

    mutating func nextGroupID() -> Int64 {
        lastGroupID += 1
        return lastGroupID
    }

    mutating func nextChannelID() -> Int64 {
        lastChannelID += 1
        return lastChannelID
    }

    mutating func nextOrigin() -> Int64 {
        lastOrigin += 1
        return lastOrigin
    }

    /// A random number that is not zero and positive.
    func randomHash() -> Int64 { max(1, random.integer(Int64.self) & Int64.max) }

    func randomDigits(_ count: Int) -> String {
        (0..<count).map { _ in String(random.number(below: 10)) }.joined()
    }

    func randomText(_ count: Int) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        return String((0..<count).map { _ in letters[random.number(below: letters.count)] })
    }

    /// The number that proves to the server that an account has come across somebody: different for everybody who
    /// looks.
    func accessHash(of peer: PeerID, for viewer: Int64) -> Int64 {
        let seed = secret + Array("\(peer.marked) \(viewer)".utf8)
        return Digest.sha256(seed).prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }

    /// What clients compute over the numbers of a list to ask whether it has changed; see
    /// <https://core.telegram.org/api/offsets>.
    static func hash(of ids: [Int64]) -> Int64 {
        var hash: UInt64 = 0
        for id in ids {
            hash ^= hash >> 21
            hash ^= hash << 35
            hash ^= hash >> 4
            hash &+= UInt64(bitPattern: id)
        }
        return Int64(bitPattern: hash)
    }

    // MARK: - Telling

    /// Lets an account know, in all its sessions but one.
    mutating func tell(_ account: Int64, _ updates: [WorldUpdate], except: SessionAddress? = nil) {
        let updates = accounts[account]?.isBot == true ? updates.filter { !$0.isForPeopleOnly } : updates
        guard !updates.isEmpty else { return }
        for case .lasting(let update, let about) in updates {
            inboxes[account, default: Inbox()].note(lasting: update, about: about, date: now)
        }
        outbox.append(Delivery(recipient: .account(account), updates: updates, except: except))
    }

    mutating func takeOutbox() -> [Delivery] {
        defer { outbox = [] }
        return outbox
    }
}
