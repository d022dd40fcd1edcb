import Telegram
import Testing

@Suite struct TelegramLinkTests {
    @Test(
        arguments: [
            ("t.me/telegram", "telegram", nil),
            ("https://t.me/telegram/42", "telegram", 42),
            ("https://t.me/s/telegram/42", "telegram", 42),
            ("telegram.t.me/42", "telegram", 42),
            ("t.me/telegram/7/42", "telegram", LinkedMessage(id: 42, thread: 7)),
            ("t.me/telegram/42?thread=7&single", "telegram", LinkedMessage(id: 42, thread: 7, isSingle: true)),
            ("t.me/telegram/42?comment=9", "telegram", LinkedMessage(id: 42, comment: 9)),
            ("tg://resolve?domain=telegram&post=42", "telegram", 42),
            ("tg://resolve?domain=@telegram&post=42&single", "telegram", LinkedMessage(id: 42, isSingle: true)),
            (
                "tg:resolve?domain=telegram&post=42&thread=7&comment=9", "telegram",
                LinkedMessage(id: 42, thread: 7, comment: 9)
            ),
            ("tg://resolve?domain=telegram&videochat", "telegram", nil),
            ("t.me/telegram/2147483647", "telegram", LinkedMessage(id: .max)),
        ] as [(String, String, LinkedMessage?)]
    )
    func publicNamesAndTheirMessages(text: String, name: String, message: LinkedMessage?) throws {
        let username = try #require(Username(name))
        #expect(TelegramLink(text) == .username(username, message: message))
    }

    @Test(
        arguments: [
            ("t.me/c/1234/42", .privateMessage(channel: 1234, message: 42)),
            ("t.me/c/1234/7/42", .privateMessage(channel: 1234, message: LinkedMessage(id: 42, thread: 7))),
            ("t.me/c/9876543210?boost", .privateMessage(channel: 9_876_543_210, message: nil)),
            ("tg://privatepost?channel=1234&post=42", .privateMessage(channel: 1234, message: 42)),
            ("tg://privatepost?channel=1234", .privateMessage(channel: 1234, message: nil)),
            ("tg://user?id=9876543210", .user(9_876_543_210, message: nil)),
            ("tg://openmessage?user_id=5&message_id=42", .user(5, message: 42)),
            ("tg://openmessage?user_id=5", .user(5, message: nil)),
            ("tg://openmessage?chat_id=6&message_id=42", .chat(6, message: 42)),
            ("t.me/contact/token", .contact(token: "token")), ("tg://contact?token=token", .contact(token: "token")),
            ("t.me/addlist/slug", .chatFolder(slug: "slug")), ("tg://addlist?slug=slug", .chatFolder(slug: "slug")),
            ("t.me/addstickers/Animals", .stickerSet(name: "Animals")),
            ("tg://addemoji?set=Animals", .stickerSet(name: "Animals")),
        ] as [(String, TelegramLink)]
    )
    func everythingThatHasNoPublicName(text: String, link: TelegramLink) {
        #expect(TelegramLink(text) == link)
    }

    @Test func whatBotsAndProfilesOffer() throws {
        let name = try #require(Username("some_bot"))
        #expect(TelegramLink("t.me/some_bot?start=abc") == .botStart(name, parameter: "abc"))
        #expect(TelegramLink("tg://resolve?domain=some_bot&start=abc") == .botStart(name, parameter: "abc"))
        #expect(TelegramLink("t.me/some_bot?start") == .username(name, message: nil))
        #expect(TelegramLink("t.me/some_bot/Shop?startapp=x") == .miniApp(name, name: "Shop"))
        #expect(TelegramLink("tg://resolve?domain=some_bot&appname=Shop") == .miniApp(name, name: "Shop"))
        #expect(TelegramLink("t.me/some_bot/s/3") == .story(name, id: 3))
        #expect(TelegramLink("tg://resolve?domain=some_bot&story=3") == .story(name, id: 3))
        #expect(TelegramLink("t.me/some_bot/s/3")?.username == name)
    }

    @Test func plusSignLeadsToAnInvitationOrAPhoneNumber() throws {
        let phone = try #require(PhoneNumber("346001122"))
        #expect(TelegramLink("t.me/+346001122") == .phone(phone))
        #expect(TelegramLink("tg://resolve?phone=+346001122") == .phone(phone))
        let invite = try #require(InviteLink("3460011x"))
        #expect(TelegramLink("t.me/+3460011x") == .invite(invite))
        #expect(TelegramLink("tg://join?invite=3460011x") == .invite(invite))
    }

    @Test(
        arguments: [
            "", "telegram", "@telegram", "346001122", "t.me/telegram/0", "t.me/telegram/-1", "t.me/telegram/+1",
            "t.me/telegram/2147483648",
            "t.me/telegram/1/2/3", "t.me/c", "t.me/c/x", "t.me/c/0", "t.me/c/1/0", "t.me/c/1/2/3/4", "t.me/s",
            "t.me/telegram/s/x", "tg://resolve?domain=telegram&post=x", "tg://privatepost?post=1",
            "tg://openmessage?user_id=5&message_id=x", "tg://openmessage", "tg://user?id=-5", "tg://settings",
            "t.me/login/12345", "t.me/confirmphone?phone=1", "t.me/telegram?a=1&a=2", "ftp://t.me/telegram",
            "https:t.me/telegram",
            String(repeating: "t.me/telegram/", count: 1000),
        ]
    )
    func anythingElseIsNotALink(text: String) {
        #expect(TelegramLink(text) == nil)
    }

    /// Links come from strangers.
    @Test func randomTextsDoNotTrap() {
        let pieces = [
            "tg://", "t.me/", "https://", "?", "&", "=", "/", "#", "%", "+", "@", "c", "s", "resolve", "domain",
            "telegram", "42",
            "\u{301}", "\r\n", "🤖", "İ", "\0", "post", ".t.me", "9999999999999999999999",
        ]
        var random = SystemRandomNumberGenerator()
        var understood = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
            }
            .joined()
            if TelegramLink(text) != nil || Username(text) != nil { understood += 1 }
            _ = InviteLink(text)?.decoded
            _ = PhoneNumber(text)
        }
        #expect(understood > 0)
    }
}
