import TelegramAPI
import Testing

@testable import Telegram

@Suite struct PeerReferenceTests {
    /// A target as a short text.
    private func meaning(_ reference: PeerReference) -> String {
        switch reference.target {
        case .me: "me"
        case .username(let name): "username \(name.value)"
        case .phone(let phone): "phone \(phone.digits)"
        case .invite(let link): "invite \(link.hash)"
        case .id(let id): "id \(id)"
        case .peer(let id): "\(id)"
        case .input(let peer): text(peer)
        case .name(let name): "name \(name)"
        case .invalid: "invalid"
        }
    }

    @Test(arguments: [
        ("me", "me"), ("Self", "me"), (" me ", "me"),
        ("@Telegram", "username telegram"), ("telegram", "username telegram"),
        ("https://t.me/telegram", "username telegram"),
        ("t.me/telegram/123", "username telegram"), ("telegram.t.me", "username telegram"),
        ("t.me/@telegram", "username telegram"),
        ("tg://resolve?domain=telegram", "username telegram"), ("https://t.me/s/telegram", "username telegram"),
        ("t.me/c/1234/5", "channel 1234 (-1000000001234)"), ("tg://openmessage?user_id=42", "user 42"),
        ("t.me/+AbCdEf", "invite AbCdEf"), ("tg://join?invite=AbCdEf", "invite AbCdEf"),
        ("t.me/joinchat/AbCdEf", "invite AbCdEf"), ("t.me/+393331234567", "phone 393331234567"),
        ("+34 600 11-22", "phone 346001122"), ("12345678", "phone 12345678"),
        ("-1001234567890", "id -1001234567890"), ("-5", "id -5"),
        ("", "invalid"), ("a b", "invalid"), ("ab", "invalid"), ("-5a", "invalid"), ("t.me/addstickers/x", "invalid"),
    ])
    func textHasOneMeaning(text: String, expected: String) {
        #expect(meaning(PeerReference(text)) == expected)
        #expect(meaning(text.peerReference) == expected)
    }

    @Test func literalsAreReferences() {
        let references: [PeerReference] = ["@telegram", -1_000_000_000_005, .me, .phone("+1 2"), .name("A b"), .id(7)]
        #expect(
            references.map(meaning) == ["username telegram", "id -1000000000005", "me", "phone 12", "name A b", "id 7"]
        )
        #expect(meaning(.inviteHash("AbCd")) == "invite AbCd")
        #expect(meaning(.link("t.me/telegram")) == "username telegram")
        #expect(meaning(.peer(.chat(4))) == "basic group 4 (-4)")
        #expect(meaning(.input(.inputPeerSelf)) == "self")
    }

    @Test func whatIsGivenByKindIsCheckedByKind() {
        #expect(meaning(.username("12345")) == "invalid")
        #expect(meaning(.phone("telegram")) == "invalid")
        #expect(meaning(.link("telegram")) == "invalid")
        #expect(meaning(.inviteHash("a b")) == "invalid")
    }

    @Test(arguments: [
        "+34 600 11 22 33", "t.me/+AbCdEfGhIj", "+34600112233a", "123456:AAbbCCddEEffGGhh", "t.me/+34600112233",
    ])
    func secretsAreNotInDescriptions(text: String) {
        let description = PeerReference(text).description
        #expect(!description.contains("6001122") && !description.contains("600 11"))
        #expect(!description.contains("AbCdEf") && !description.contains("AAbb"))
    }
}
