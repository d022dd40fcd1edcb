import Telegram
import Testing

@Suite struct UsernameTests {
    @Test(
        arguments: [
            "durov", "@Durov", " @durov ", "https://t.me/durov", "http://t.me/durov", "t.me/durov/", "t.me/@durov",
            "telegram.dog/durov", "TELEGRAM.ME/Durov", "www.t.me/durov", "https://www.telegram.me/durov",
            "durov.t.me", "https://DUROV.t.me/", "tg://resolve?domain=durov", "tg:resolve?domain=Durov",
            "https://t.me/s/durov", "t.me/durov?boost", "t.me/durov#top", "t.me/%64urov",
        ]
    )
    func everyWayToWriteANameIsUnderstood(text: String) {
        #expect(Username(text)?.value == "durov")
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
            "t.me", "t.me/", "t.me/ab", "https://example.com/durov", "https://t.me.example.com/durov", "xt.me/durov",
            "https://", "tg://", "tg://resolve", "tg://resolve?domain=", "tg://resolve?domain=ab",
            "t.me/+AbCd", "t.me/joinchat/AbCd", "t.me/joinchat", "tg://join?invite=AbCd", "t.me/durov/42", "t.me/c/1/2",
            "t.me/proxy?server=a", "t.me/share?url=a", "joinchat.t.me", "www.t.me", "a.b.t.me", "ab.t.me",
            "t.me/durov%", "t.me/durov%zz", "t.me/durov%ff", "\u{212A}abc.t.me",
        ]
    )
    func anythingElseIsNotAName(text: String) {
        #expect(Username(text) == nil)
    }

    @Test func descriptionIsWhatPeopleWrite() {
        #expect(Username("Durov").map { "\($0)" } == "@durov")
    }
}
