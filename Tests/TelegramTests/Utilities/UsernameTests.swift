import Telegram
import Testing

@Suite struct UsernameTests {
    @Test(
        arguments: [
            "telegram", "@Telegram", " @telegram ", "https://t.me/telegram", "http://t.me/telegram", "t.me/telegram/",
            "t.me/@telegram",
            "telegram.dog/telegram", "TELEGRAM.ME/Telegram", "www.t.me/telegram", "https://www.telegram.me/telegram",
            "telegram.t.me", "https://TELEGRAM.t.me/", "tg://resolve?domain=telegram", "tg:resolve?domain=Telegram",
            "https://t.me/s/telegram", "t.me/telegram?boost", "t.me/telegram#top", "t.me/%74elegram",
        ]
    )
    func everyWayToWriteANameIsUnderstood(text: String) {
        #expect(Username(text)?.value == "telegram")
    }

    @Test(arguments: ["abc", "a_b", "a1_2b", String(repeating: "a", count: 32)])
    func validNamesAreTaken(name: String) {
        #expect(Username(name)?.value == name)
        #expect(Username("t.me/\(name)")?.value == name)
    }

    @Test(
        arguments: [
            "", " ", "@", "ab", "a__b", "1abc", "abc_", "_abc", "a-b", "a b", "@@abc", "dürov",
            String(repeating: "a", count: 33),
            "t.me", "t.me/", "t.me/ab", "https://example.com/telegram", "https://t.me.example.com/telegram",
            "xt.me/telegram",
            "https://", "tg://", "tg://resolve", "tg://resolve?domain=", "tg://resolve?domain=ab",
            "t.me/+AbCd", "t.me/joinchat/AbCd", "t.me/joinchat", "tg://join?invite=AbCd", "t.me/telegram/42",
            "t.me/c/1/2",
            "t.me/proxy?server=a", "t.me/share?url=a", "joinchat.t.me", "www.t.me", "a.b.t.me", "ab.t.me",
            "t.me/telegram%", "t.me/telegram%zz", "t.me/telegram%ff", "\u{212A}abc.t.me",
        ]
    )
    func anythingElseIsNotAName(text: String) {
        #expect(Username(text) == nil)
    }

    @Test func descriptionIsWhatPeopleWrite() {
        #expect(Username("Telegram").map { "\($0)" } == "@telegram")
    }
}
