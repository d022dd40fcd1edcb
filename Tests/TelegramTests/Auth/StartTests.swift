import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

@testable import Telegram

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// From nothing to being signed in, in one call.
@Suite(.timeLimit(.minutes(10)))
struct StartTests {
    @Test func everythingIsAskedForAndWrongAnswersAgain() async throws {
        try await ClientFixture.run(isConnected: false) { fixture in
            let ann = try fixture.addAnn(password: "correct horse")
            let phones = Answers("not a number", "+\(ClientFixture.phone)")
            let passwords = Answers("wrong", "correct horse")
            let codeCount = Locked(0)
            let user = try await fixture.client.start(
                .user(
                    phone: { try await phones.next("phone") },
                    code: { sent in
                        let count = codeCount.withLock { count in
                            count += 1
                            return count
                        }
                        return count == 1 ? fixture.wrongCode : fixture.code
                    },
                    password: { hint in try await passwords.next(hint ?? "") }
                )
            )
            #expect(user.id == ann.id)
            #expect(codeCount.withLock { $0 } == 2)
            #expect(await phones.questions.count == 2)
            #expect(await passwords.questions.count == 2)
        }
    }

    @Test func attemptsAreLimited() async throws {
        try await ClientFixture.run { fixture in
            try fixture.addAnn()
            let error = await #expect(throws: SignInError.self) {
                try await fixture.client.start(
                    .user(phone: ClientFixture.phone) { _ in fixture.wrongCode },
                    maxAttempts: 2
                )
            }
            #expect(error?.code == .tooManyAttempts)
            #expect(error?.underlying is RPCError.PhoneCodeInvalid)
            #expect(fixture.client.account == nil)
        }
    }

    @Test func codeThatExpiresMeanwhileIsReplaced() async throws {
        try await ClientFixture.run { fixture in
            try fixture.addAnn()
            let isFirst = Locked(true)
            try await fixture.client.start(
                .user(phone: ClientFixture.phone) { _ in
                    let code = fixture.code
                    if isFirst.withLock({ isFirst in
                        defer { isFirst = false }
                        return isFirst
                    }) {
                        fixture.clock.advance(by: .seconds(301))
                    }
                    return code
                }
            )
            #expect(fixture.count(of: "auth.sendCode") == 2)
        }
    }

    @Test func botStarts() async throws {
        try await ClientFixture.run(isConnected: false) { fixture in
            let bot = try fixture.server.telegram.addBot(name: "Echo", username: "echo_test_bot")
            let user = try await fixture.client.start(.bot(token: bot.token ?? ""))
            #expect(user.isBot && user.id == bot.id)
        }
    }

    @Test func nobodyIsAskedWhenSomebodyIsSignedIn() async throws {
        try await ClientFixture.run { fixture in
            let ann = try fixture.addAnn()
            try await fixture.signInAnn()
            await fixture.client.disconnect()
            let user = try await fixture.client.start(.user(phone: "1") { _ in throw CancellationError() })
            #expect(user.id == ann.id)
            #expect(try await fixture.client.start().id == ann.id)
        }
    }

    @Test func sessionOfSomebodyElseIsToldToTheLog() async throws {
        let log = CollectedLog()
        try await ClientFixture.run(client: { $0.logHandler = log }) { fixture in
            try fixture.addAnn()
            try await fixture.signInAnn()
            let words = "somebody else"
            try await fixture.client.start(.user(phone: "+39 333 555-0001") { _ in "" })
            try await fixture.client.start()
            #expect(!log.text.contains(words))
            try await fixture.client.start(.user(phone: "441") { _ in "" })
            #expect(log.text.contains(words))
            log.clear()
            try await fixture.client.start(.bot(token: "1:abc"))
            #expect(log.text.contains(words))
        }
    }

    @Test func existingSessionNeedsSomebody() async throws {
        try await ClientFixture.run { fixture in
            let error = await #expect(throws: ClientError.self) { try await fixture.client.start(.existing) }
            #expect(error?.code == .notSignedIn)
        }
    }

    @Test func troubleIsNotTakenForNobody() async throws {
        try await ClientFixture.run(client: { $0.requestRetries = 0 }) { fixture in
            try fixture.addAnn()
            try await fixture.signInAnn()
            fixture.server.failNext(TL.users.GetUsers.self, with: .test("INTERNAL", code: 500))
            await #expect(throws: ClientError.self) {
                try await fixture.client.start(.user(phone: "1") { _ in "" })
            }
            #expect(fixture.client.account != nil)
        }
    }

    @Test func errorOfAProviderEndsIt() async throws {
        struct Refusal: Error {}
        try await ClientFixture.run { fixture in
            try fixture.addAnn()
            await #expect(throws: Refusal.self) {
                try await fixture.client.start(.user(phone: ClientFixture.phone) { _ in throw Refusal() })
            }
        }
    }

    @Test func qrCodeCanBeShownInstead() async throws {
        try await ClientFixture.run { fixture in
            let ann = try fixture.addAnn(password: "correct horse")
            try await fixture.withAnotherClient { phone in
                try await phone.start(
                    .user(phone: ClientFixture.phone, password: "correct horse") { _ in fixture.code }
                )
                let user = try await fixture.client.start(
                    .qrCode(
                        password: { _ in "correct horse" },
                        show: { _ = try await phone(TL.auth.AcceptLoginToken(token: Array($0.token))) }
                    )
                )
                #expect(user.id == ann.id)
            }
        }
    }

    @Test func descriptionsHideWhatIsSecret() {
        let methods: [LoginMethod] = [
            .bot(token: "123:secret"), .user(phone: "secret", password: "secret") { _ in "" }, .existing, .console(),
        ]
        for method in methods {
            var dumped = ""
            dump(method, to: &dumped)
            for text in ["\(method)", String(reflecting: method), dumped] { #expect(!text.contains("secret")) }
        }
    }

    @Test func nothingSecretIsLogged() async throws {
        let log = CollectedLog()
        var secrets = ["correct horse", ClientFixture.phone, "3335550001", "0123456789abcdef"]
        try await ClientFixture.run(client: { $0.logHandler = log }) { fixture in
            try fixture.addAnn(password: "correct horse")
            let sent = try await fixture.client.requestLoginCode(phone: fixture.phone)
            fixture.server.failNext(TL.auth.CheckPassword.self, with: .test("SRP_ID_INVALID", code: 400))
            fixture.server.failNext(TL.auth.ResendCode.self, with: .test("AUTH_RESTART", code: 500))
            try await fixture.client.requestLoginCode(phone: fixture.phone)
            secrets += [sent.codeHash, fixture.code]
            try await fixture.signInAnn(password: "correct horse")
            let bot = try fixture.server.telegram.addBot(name: "Echo", username: "echo_test_bot")
            let token = try #require(bot.token)
            secrets += [token, String(try #require(token.split(separator: ":").last))]
            // While somebody is signed in the token would not be sent.
            try await fixture.withAnotherClient { other in
                let user = try await other.start(.bot(token: token))
                #expect(user.id == bot.id)
                for client in [fixture.client, other] {
                    for key in await client.core.content.authKeys.values { secrets += Self.writings(of: key) }
                }
            }
        }
        let text = log.text
        let lowercased = text.lowercased()
        #expect(text.contains("begins anew"))
        #expect(secrets.count == 16)
        for (index, secret) in secrets.enumerated() {
            let isLogged = text.contains(secret) || lowercased.contains(secret)
            #expect(!isLogged, "secret \(index)")
        }
    }

    /// The beginning of a key as somebody may print it: in hexadecimal, base64, its alphabet for addresses, and as a
    /// list.
    private static func writings(of key: [UInt8]) -> [String] {
        let start = key.prefix(12)
        let base64 = Data(start).base64EncodedString()
        let hexadecimal = start.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let address = base64.replacing("+", with: "-").replacing("/", with: "_")
        return [hexadecimal, base64, address, start.map { "\($0)" }.joined(separator: ", ")]
    }
}

/// Keeps everything that is logged.
final class CollectedLog: LogHandler {
    private let lines = Locked<[String]>([])

    var level: LogLevel { .trace }
    var text: String { lines.withLock { $0.joined(separator: "\n") } }

    func log(_ record: LogRecord) { lines.withLock { $0.append("\(record.source): \(record.message)") } }
    func clear() { lines.withLock { $0 = [] } }
}
