/// Who signs in with ``TestServer/signedInClient(as:session:configure:)``.
public struct TestLogin: Sendable {
    enum Kind: Sendable {
        case account(TestAccount, password: String?)
        case bot(username: String)
        case user(username: String)
    }

    let kind: Kind

    /// An account of ``TestServer/telegram``.
    /// - Parameter password: Its two-step password, if it has one.
    public static func account(_ account: TestAccount, password: String? = nil) -> TestLogin {
        TestLogin(kind: .account(account, password: password))
    }

    /// The bot with a username, without `@`; one is added if there is none.
    public static func bot(_ username: String) -> TestLogin { TestLogin(kind: .bot(username: username)) }

    /// The person with a username, without `@`; one is added if there is none, with a phone number that nobody has.
    public static func user(_ username: String) -> TestLogin { TestLogin(kind: .user(username: username)) }
}

extension SmallTelegram {
    /// The account that signs in, and its password.
    func account(for login: TestLogin) throws -> (account: TestAccount, password: String?) {
        switch login.kind {
        case .account(let account, let password): (account, password)
        case .bot(let username):
            (
                try findOrAdd(username) {
                    try $0.addBot(name: username, username: username, token: nil, dataCenter: $1)
                }, nil
            )
        case .user(let username): (try findOrAdd(username) { try $0.addUser(named: username, dataCenter: $1) }, nil)
        }
    }
}
