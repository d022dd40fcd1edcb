import MTProto
import MTProtoCrypto
import TelegramAPI

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A sign-in by QR code that is under way: shows a code, and waits for somebody to scan it with an app that is signed
/// in.
///
/// ```swift
/// let login = try await client.qrLogin()
/// show(login.url)
/// let user = try await login.wait()
/// ```
/// A code is good for half a minute; ``TelegramClient/qrLoginEvents(ignoring:)`` makes new ones by itself. Use it from
/// one task at a time. See <https://core.telegram.org/api/qr-login>.
public final class QRLogin: Sendable {
    private let client: TelegramClient
    private let exceptIDs: [Int64]
    private let state = Locked(LoginTokenState())
    private let signedInUser = Locked<User?>(nil)
    private let watch: QRLoginWatch

    init(_ client: TelegramClient, ignoring userIDs: [Int64]) async throws {
        self.client = client
        exceptIDs = userIDs
        // From before the first code: it may be scanned as soon as it is known.
        watch = QRLoginWatch(updates: client.rawUpdates(), states: client.connectionStates)
        _ = try await advance()
    }

    /// What is to be shown now; `nil` when the server has let the device in without one, and ``wait(timeout:)`` only
    /// fetches the user.
    public var code: QRCode? { state.withLock { $0.code } }
    /// What is to be drawn now.
    public var url: URL? { code?.url }
    /// What the link is made of.
    public var token: Data? { code?.token }
    /// When the present code stops working.
    public var expiresAt: Date? { code?.expiresAt }

    /// Makes a new code, which takes the place of the present one. Scanning the old one has no effect any more.
    /// - Throws: `RPCError`, `SessionPasswordNeeded` among them when the present one has been scanned meanwhile.
    public func refresh() async throws { _ = try await advance() }

    /// Waits until somebody has scanned the code, and completes the sign-in.
    ///
    /// After a loss of the connection the server has to be asked whether that has happened meanwhile. It answers with
    /// another code if not, which has to be shown then: ``TelegramClient/qrLoginEvents(ignoring:)`` tells of it.
    /// - Parameter timeout: How long; `nil` means until the code expires.
    /// - Throws: ``SignInError`` with `timedOut`: show a new code then, ``url`` is that of one already if the old one
    ///   has expired. `RPCError.SessionPasswordNeeded` when the account has a password, which
    ///   ``TelegramClient/signIn(password:)`` takes. `CancellationError` when the task is cancelled.
    public func wait(timeout: Duration? = nil) async throws -> User {
        if let user = signedInUser.withLock({ $0 }) { return user }
        let deadline = timeout.map { client.core.now.monotonic + $0 } ?? state.withLock { $0.deadline }
        while true {
            let codeDeadline = state.withLock { $0.deadline }
            let signal = try await watch.signal(until: deadline, client.core.sleeper)
            if signal == .lapsed, client.core.now.monotonic < codeDeadline { throw timedOut }
            if let user = try await advance() { return user }
            switch signal {
            case .none, .unsure: continue
            case .lapsed: throw timedOut
            case .scanned:
                throw SignInError(
                    .unexpectedAnswer,
                    "the server has announced a sign-in, and then asked for another code; try again"
                )
            }
        }
    }

    private var timedOut: SignInError {
        SignInError(.timedOut, "nobody has scanned the QR code in time; show a new one with 'refresh()'")
    }

    /// Waits until there is something new: a user, or another code to show.
    func next() async throws -> User? {
        if let user = signedInUser.withLock({ $0 }) { return user }
        _ = try await watch.signal(until: state.withLock { $0.deadline }, client.core.sleeper)
        return try await advance()
    }

    /// Asks how far it is. Returns whoever is signed in; otherwise there is a new code.
    private func advance() async throws -> User? {
        if let user = signedInUser.withLock({ $0 }) { return user }
        watch.reset()
        var answer = try await client(
            TL.auth.ExportLoginToken(apiID: client.apiID, apiHash: client.apiHash, exceptIDs: exceptIDs)
        )
        while true {
            let (now, offset) = (client.core.now, await client.serverTimeOffset())
            let received = answer
            let step = try state.withLock { state throws(SignInError) in
                try state.received(received, serverTime: now.wall + offset, monotonic: now.monotonic)
            }
            switch step {
            case .show: return nil
            case .import(let token, let dataCenter):
                try await client.switchHome(to: dataCenter)
                answer = try await client(TL.auth.ImportLoginToken(token: token))
            case .finish(let authorization):
                let user = try await client.finish(authorization)
                signedInUser.withLock { $0 = user }
                return user
            }
        }
    }
}

extension TelegramClient {
    /// How much the server's clock is ahead of this machine's.
    func serverTimeOffset() async -> Duration {
        await core.status.withLock { $0.home }?.credentials?.timeOffset ?? .zero
    }
}
