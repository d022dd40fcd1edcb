import MTProto
import MTProtoCrypto
import Telegram

/// A small Telegram in memory: people and bots who sign in, write to each other, and are told about it. Each
/// ``TestServer`` has one, ``TestServer/telegram``, which answers the requests that no handler of the test's own does.
///
/// Three lines set up a user, a bot and a group:
/// ```swift
/// let ann = try server.telegram.addUser(phone: "+39 333 555 0001", firstName: "Ann", username: "ann_test")
/// let bot = try server.telegram.addBot(name: "Echo", username: "echo_test_bot")
/// let group = try server.telegram.addGroup(title: "Friends", creator: ann, members: [bot])
/// ```
/// Then `try server.telegram.send("/start", from: ann, to: bot)` writes as a person would, and
/// ``code(for:)`` tells what an application has to enter to sign in.
///
/// What it does follows Telegram: access hashes are different for everybody who looks, accounts live at data centres
/// and send away who comes to another one, message numbers and `pts`, `qts` and `seq` are counted as the protocol says,
/// and differences tell what was missed. Methods that it lacks answer `METHOD_NOT_IMPLEMENTED`. Bots see everything that
/// people write in their groups, as real ones do whose privacy mode is off, and cannot begin a conversation.
///
/// All its members can be used from any task.
public final class SmallTelegram: Sendable {
    struct State: Sendable {
        var world: World
        /// Sessions that have asked for something, by their permanent key.
        var sessions: [Int64: [TestSession]] = [:]
        /// Pushes that are to get lost: of one account, or of whomever.
        var losses: [(account: Int64?, count: Int)] = []
        var lostCount = 0
        /// Who wants to look again whenever something may have changed.
        var observers: [UInt64: AsyncStream<Void>.Continuation] = [:]
        var lastObserver: UInt64 = 0
    }

    let state: Locked<State>
    private let clock: SkewedTime
    private let defaultDataCenter: Int32

    init(dataCenters: [Int32], nearest: Int32, clock: SkewedTime, random: any RandomSource) {
        state = Locked(State(world: World(dataCenters: dataCenters, random: random)))
        self.clock = clock
        defaultDataCenter = dataCenters.contains(nearest) ? nearest : dataCenters.first ?? nearest
    }

    /// How it behaves where there is a choice.
    public var settings: SmallTelegramSettings {
        get { state.withLock { $0.world.settings } }
        set { state.withLock { $0.world.settings = newValue } }
    }

    /// Changes the world and sends what follows from it.
    func perform<Result, Failure: Error>(_ body: (inout World) throws(Failure) -> Result) throws(Failure) -> Result {
        let now = clock.now().wall.clampedSeconds
        return try state.withLock { state throws(Failure) in
            state.world.now = now
            defer { state.deliver() }
            return try body(&state.world)
        }
    }

    /// Answers a request in one step, which nothing else happens during.
    func answer<Function: TLFunction>(
        _ request: Function,
        _ session: TestSession,
        _ access: Access,
        _ body: (inout World, Function, Caller) throws -> Function.Response
    ) throws -> Function.Response {
        let now = clock.now().wall.clampedSeconds
        return try state.withLock { state in
            state.note(session)
            state.world.now = now
            defer { state.deliver() }
            var caller = Caller(
                authKeyID: session.authKeyID,
                dataCenterID: session.dataCenterID,
                session: SessionAddress(keyID: session.encryptionKeyID, sessionID: session.id),
                clientInfo: session.clientInfo,
                takeoutID: TestRequest.current?.takeoutID,
                now: now
            )
            try state.world.admit(&caller, to: access, usableBy: Function.usableBy)
            return try body(&state.world, request, caller)
        }
    }

    // MARK: - Who exists

    /// Adds a person, who can then sign in with a phone number.
    /// - Parameters:
    ///   - password: The two-step password; `nil` for none. Setting one takes some tens of milliseconds.
    ///   - recoveryEmail: The address for those who forget it; see ``emailCode(for:)``.
    ///   - dataCenter: Where the account lives; `nil` for the nearest one of the server.
    /// - Throws: `RPCError` as clients would get it: `PHONE_NUMBER_INVALID`, `PHONE_NUMBER_OCCUPIED`,
    ///   `FIRSTNAME_INVALID`, `USERNAME_INVALID`, `USERNAME_OCCUPIED`.
    @discardableResult
    public func addUser(
        phone: String,
        firstName: String,
        lastName: String = "",
        username: String? = nil,
        password: String? = nil,
        recoveryEmail: String? = nil,
        dataCenter: Int32? = nil
    ) throws -> TestAccount {
        // Slow, so it does not keep others waiting.
        let verifier = try password.map {
            try World.password($0, hint: "", email: recoveryEmail, random: SystemRandom())
        }
        return try perform { world in
            let account = try world.addUser(
                phone: phone,
                firstName: firstName,
                lastName: lastName,
                username: username,
                dataCenter: dataCenter ?? defaultDataCenter
            )
            world.accounts[account.id]?.password = verifier
            return TestAccount(account)
        }
    }

    /// Adds a bot, which signs in with ``TestAccount/token``.
    /// - Parameters:
    ///   - token: What it signs in with; `nil` makes one up.
    ///   - dataCenter: Where the account lives; `nil` for the nearest one of the server.
    /// - Throws: `RPCError`: `USERNAME_INVALID`, `USERNAME_OCCUPIED`, and `ACCESS_TOKEN_INVALID` for a token that
    ///   another bot has.
    @discardableResult
    public func addBot(
        name: String,
        username: String,
        token: String? = nil,
        dataCenter: Int32? = nil
    ) throws -> TestAccount {
        try perform { world in
            TestAccount(
                try world.addBot(
                    name: name,
                    username: username,
                    token: token,
                    dataCenter: dataCenter ?? defaultDataCenter
                )
            )
        }
    }

    /// The account with a number.
    public func account(id: Int64) -> TestAccount? { state.withLock { $0.world.accounts[id].map(TestAccount.init) } }

    /// The account with a phone number, however it is written.
    public func account(phone: String) -> TestAccount? {
        state.withLock { $0.world.account(phone: phone).map(TestAccount.init) }
    }

    /// The account with a username, without `@`.
    public func account(username: String) -> TestAccount? {
        state.withLock { $0.world.account(username: username).map(TestAccount.init) }
    }

    /// Who is signed in in a session; `nil` for nobody, or somebody who has still to prove the password.
    public func account(of session: TestSession) -> TestAccount? {
        let key = session.authKeyID
        return state.withLock { state in
            guard let authorization = state.world.authorizations[key], !authorization.isPasswordPending else {
                return nil
            }
            return state.world.accounts[authorization.accountID].map(TestAccount.init)
        }
    }

    /// The account with a username, or a new one: in one step, so that two who ask at once get the same.
    func findOrAdd(
        _ username: String,
        _ add: (inout World, _ dataCenter: Int32) throws -> AccountRecord
    ) throws -> TestAccount {
        try perform { world in
            TestAccount(try world.account(username: username) ?? add(&world, defaultDataCenter))
        }
    }

    // MARK: - Signing in

    /// The code that was sent last to a phone number; `nil` when none is under way.
    public func code(for phone: String) -> String? {
        guard let digits = phoneDigits(phone) else { return nil }
        return state.withLock { state in
            state.world.desk.phoneCodes.values.filter { $0.phone == digits }.max { $0.number < $1.number }?.code
        }
    }

    /// The code that belongs to the answer of `auth.sendCode`.
    func code(withHash hash: String) -> String? { state.withLock { $0.world.desk.phoneCodes[hash]?.code } }

    /// The code that was sent last to the recovery address of an account: to confirm the address, or to recover the
    /// password.
    public func emailCode(for account: TestAccount) -> String? {
        state.withLock { state in
            let record = state.world.accounts[account.id]
            return record?.recoveryCode ?? record?.pendingEmail?.code
        }
    }

    /// Signs an account out everywhere, as somebody else would from another device: the next request gets
    /// `SESSION_REVOKED`.
    public func revokeSessions(of account: TestAccount) {
        perform { world in
            world.revoke(world.authorizations.filter { $0.value.accountID == account.id }.map(\.key))
        }
    }

    /// Makes the token of a bot useless, as its owner can: who signs in with it gets `ACCESS_TOKEN_EXPIRED`.
    /// - Returns: the account with its new token.
    @discardableResult
    public func replaceToken(of bot: TestAccount) -> TestAccount {
        perform { world in
            if let old = world.accounts[bot.id]?.token { world.revokedTokens.insert(old) }
            let token = "\(bot.id):\(world.randomText(35))"
            world.accounts[bot.id]?.token = token
            return world.accounts[bot.id].map(TestAccount.init) ?? bot
        }
    }
}

extension SmallTelegram.State {
    /// Remembers a session, so that it can be sent updates.
    mutating func note(_ session: TestSession) {
        var known = sessions[session.authKeyID] ?? []
        guard !known.contains(where: { $0 === session }) else { return }
        known.removeAll { $0.isDestroyed }
        known.append(session)
        sessions[session.authKeyID] = known
    }

    /// Sends what waits, in the order in which it came up.
    mutating func deliver() {
        for observer in observers.values { observer.yield() }
        for delivery in world.takeOutbox() {
            switch delivery.recipient {
            case .key(let key): push(delivery, to: key, viewer: 0)
            case .account(let id):
                let keys = world.authorizations.filter { entry in
                    entry.value.accountID == id && !entry.value.isPasswordPending && !entry.value.isImported
                }
                let receiving = keys.keys.sorted().filter { !receivers(of: delivery, with: $0).isEmpty }
                // What reaches nobody cannot get lost.
                let isLost = !receiving.isEmpty && takeLoss(of: id)
                for key in receiving { push(delivery, to: key, viewer: id, isLost: isLost) }
            }
        }
    }

    private func receivers(of delivery: Delivery, with key: Int64) -> [TestSession] {
        (sessions[key] ?? []).filter { session in
            session.receivesUpdates && !session.isDestroyed
                && delivery.except != SessionAddress(keyID: session.encryptionKeyID, sessionID: session.id)
        }
    }

    private mutating func push(_ delivery: Delivery, to key: Int64, viewer: Int64, isLost: Bool = false) {
        let receivers = receivers(of: delivery, with: key)
        guard !receivers.isEmpty else { return }
        let nextSeq = (world.authorizations[key]?.seq ?? 0) + 1
        guard let (batch, usesSeq) = world.batch(delivery.updates, for: viewer, nextSeq: nextSeq) else { return }
        if usesSeq { world.authorizations[key]?.seq = nextSeq }
        guard !isLost, let bytes = try? batch.encoded() else { return }
        for session in receivers { session.push(bytes: bytes) }
    }

    private mutating func takeLoss(of account: Int64) -> Bool {
        guard let index = losses.firstIndex(where: { $0.account == nil || $0.account == account }) else { return false }
        losses[index].count -= 1
        if losses[index].count == 0 { losses.remove(at: index) }
        lostCount += 1
        return true
    }
}
