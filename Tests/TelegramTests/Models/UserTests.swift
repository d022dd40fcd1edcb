import TelegramAPI
import Testing

@testable import Telegram

@Suite struct UserTests {
    @Test(arguments: [
        ("Ann", "Bee", "Ann Bee"), ("Ann", nil, "Ann"), (nil, "Bee", "Bee"), (nil, nil, ""), ("Ann", "", "Ann"),
    ])
    func nameIsWhatThereIsOfIt(first: String?, last: String?, expected: String) {
        #expect(User(TL.User.User(id: 1, firstName: first, lastName: last)).displayName == expected)
    }

    @Test func emptyUserIsNone() {
        #expect(User(TL.User.userEmpty(id: 1)) == nil)
        #expect(Entity(TL.User.userEmpty(id: 1)) == nil)
    }

    @Test func usernamesAreTheActiveOnes() {
        let list = [
            TL.Username(active: true, username: "One"), TL.Username(username: "two"),
            TL.Username(editable: true, active: true, username: "three"),
        ]
        #expect(User(TL.User.User(id: 1, usernames: list)).usernames == ["One", "three"])
        #expect(User(TL.User.User(id: 1, usernames: list)).username == "One")
        #expect(User(TL.User.User(id: 1, username: "One", usernames: list)).usernames == ["One", "three"])
        #expect(User(TL.User.User(id: 1)).username == nil)
    }

    @Test func flagsAreThoseOfTheServer() {
        let none = User(TL.User.User(id: 1))
        let all = User(
            TL.User.User(
                isSelf: true,
                contact: true,
                mutualContact: true,
                deleted: true,
                bot: true,
                verified: true,
                restricted: true,
                min: true,
                support: true,
                scam: true,
                fake: true,
                premium: true,
                id: 1,
                accessHash: 5
            )
        )
        let flags: [KeyPath<User, Bool>] = [
            \.isSelf, \.isContact, \.isMutualContact, \.isDeleted, \.isBot, \.isVerified, \.isRestricted, \.isMin,
            \.isSupport, \.isScam, \.isFake, \.isPremium,
        ]
        #expect(flags.allSatisfy { all[keyPath: $0] && !none[keyPath: $0] })
        #expect(all.peerID == .user(1))
        #expect(all.accessHash == 5 && none.accessHash == nil)
    }
}
