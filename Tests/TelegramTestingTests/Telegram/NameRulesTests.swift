import Telegram
import Testing

@testable import TelegramTesting

@Suite struct NameRulesTests {
    @Test(arguments: [
        ("+39 333 555-0001", "393335550001"), ("(39)333", "39333"), ("12345", "12345"), ("1234", nil), ("", nil),
        ("+39a3335550001", nil), ("0393335550001", nil), ("1234567890123456", nil), ("١٢٣٤٥", nil),
    ])
    func phoneIsRead(_ text: String, _ digits: String?) { #expect(phoneDigits(text) == digits) }

    @Test(arguments: ["ann_test", "Echo2", "abcde", "a1234567890123456789012345678901"])
    func usernameIsRight(_ name: String) { #expect(World.isUsername(name)) }

    @Test(arguments: [
        "", "ann", "1ann_test", "_ann_test", "ann__test", "ann_test_", "ann test", "änn_test", "ann-test",
    ])
    func usernameIsWrong(_ name: String) { #expect(!World.isUsername(name)) }

    @Test(arguments: [
        ("a.person@example.org", "a***@e***.org"), ("x@y", "x***@y***"), ("nonsense", "***"),
    ])
    func addressIsHidden(_ address: String, _ pattern: String) { #expect(World.pattern(of: address) == pattern) }

    @Test(arguments: [
        ("/start now", ["command 0 6"]), ("hi @ann_test!", ["mention 3 9"]), ("see #tag2 and #12", ["hashtag 4 5"]),
        ("😀 https://a.example/x.", ["url 3 19"]), ("a/b @ # / text", []), ("/start@echo_bot x", ["command 0 15"]),
    ])
    func entitiesAreFound(_ text: String, _ expected: [String]) {
        let found = FoundEntities.entities(in: text, besides: []).map { entity in
            let kind =
                switch entity {
                case .messageEntityBotCommand: "command"
                case .messageEntityMention: "mention"
                case .messageEntityHashtag: "hashtag"
                case .messageEntityUrl: "url"
                default: "other"
                }
            return "\(kind) \(entity.offset) \(entity.length)"
        }
        #expect(found == expected)
    }

    @Test func givenEntitiesHidePlainOnes() {
        let given: [TL.MessageEntity] = [.messageEntityCode(offset: 0, length: 6)]
        #expect(FoundEntities.entities(in: "/start", besides: given).isEmpty)
    }
}
