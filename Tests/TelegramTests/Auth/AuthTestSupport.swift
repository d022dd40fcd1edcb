import TelegramTesting

@testable import Telegram

extension SentCode {
    /// A code that is on its way.
    static func test(
        phone: String = "393335550001",
        hash: String = "abc",
        type: TL.auth.SentCodeType = .sentCodeTypeApp(length: 5)
    ) throws -> SentCode {
        guard let number = PhoneNumber(phone) else { throw SignInError(.invalidPhoneNumber, "the test has no number") }
        return SentCode(phone: number, TL.auth.SentCode.SentCode(type: type, phoneCodeHash: hash))
    }
}

extension User {
    static func test(id: Int64) -> User { User(TL.User.User(id: id, accessHash: 1, firstName: "Ann")) }
}

extension ClientFixture {
    static let phone = "393335550001"

    /// Ann, who can sign in.
    @discardableResult
    func addAnn(password: String? = nil, recoveryEmail: String? = nil, dataCenter: Int32? = nil) throws -> TestAccount {
        try server.telegram.addUser(
            phone: Self.phone,
            firstName: "Ann",
            username: "ann_test",
            password: password,
            recoveryEmail: recoveryEmail,
            dataCenter: dataCenter
        )
    }

    /// The number of Ann.
    var phone: PhoneNumber {
        get throws {
            guard let phone = PhoneNumber(Self.phone) else {
                throw SignInError(.invalidPhoneNumber, "the test has no number")
            }
            return phone
        }
    }

    /// The code that has been sent to Ann; something wrong if there is none.
    var code: String { server.telegram.code(for: Self.phone) ?? "none" }

    /// Another code than the one that has been sent.
    var wrongCode: String { String(code.reversed().map { $0 == "0" ? "1" : "0" }) }

    /// Signs Ann in at the client, with code and password.
    @discardableResult
    func signInAnn(password: String? = nil) async throws -> User {
        try await client.start(.user(phone: Self.phone, password: password) { _ in code })
    }

    /// Runs something with another client of the same server, and cleans up whatever happens.
    func withAnotherClient(
        session: any SessionStore = MemorySession(),
        _ body: (TelegramClient) async throws -> Void
    ) async throws {
        let other = try anotherClient(session: session)
        do {
            try await other.connect()
            try await body(other)
        } catch {
            await other.disconnect()
            throw error
        }
        await other.disconnect()
    }
}

/// Answers of a person, one after the other.
actor Answers {
    private var answers: [String]
    private(set) var questions: [String] = []

    init(_ answers: String...) { self.answers = answers }

    func next(_ question: String) throws -> String {
        questions.append(question)
        guard !answers.isEmpty else { throw SignInError(.inputEnded, "the test has no more answers") }
        return answers.removeFirst()
    }
}
