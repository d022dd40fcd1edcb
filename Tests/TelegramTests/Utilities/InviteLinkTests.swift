import Telegram
import Testing

@Suite struct InviteLinkTests {
    @Test(
        arguments: [
            "AbCd", "+AbCd", "t.me/+AbCd", "https://t.me/+AbCd", "t.me/joinchat/AbCd",
            "https://telegram.me/joinchat/AbCd/",
            "tg://join?invite=AbCd", "tg:join?invite=AbCd", " https://t.me/%2BAbCd ",
            "https://t.me/joinchat/AbCd?x=1#y",
        ]
    )
    func everyWayToWriteAnInvitationIsUnderstood(text: String) {
        let link = InviteLink(text)
        #expect(link?.hash == "AbCd")
        #expect(link?.url == "https://t.me/+AbCd")
    }

    @Test(
        arguments: [
            "", "+", "t.me/telegram", "t.me/joinchat", "t.me/joinchat/a/b", "t.me/+", "t.me/+a/b", "tg://join",
            "tg://join?invite=", "a b", "a/b", "a=b", "t.me/+346001122", String(repeating: "a", count: 5000),
        ]
    )
    func anythingElseIsNotAnInvitation(text: String) {
        #expect(InviteLink(text) == nil)
    }

    @Test func oldHashesSayWhoMadeThemAndForWhat() throws {
        let decoded = try #require(InviteLink("AAAAAEHbEkejzxUjAUCfYg")?.decoded)
        #expect(decoded.creator == 0)
        #expect(decoded.chat == 1_104_876_103)
        #expect(decoded.random == 11_803_676_388_450_410_338)
    }

    @Test func hexadecimalHashesAreOldOnes() throws {
        let long = try #require(InviteLink("0000002a41db1247a3cf152301409f62")?.decoded)
        #expect(long.creator == 42)
        #expect(long.chat == 1_104_876_103)
        #expect(long.random == 11_803_676_388_450_410_338)
        let short = try #require(InviteLink("41DB1247a3cf15230140f962")?.decoded)
        #expect(short.creator == 0)
        #expect(short.chat == 1_104_876_103)
    }

    @Test(arguments: ["AbCd", "a", "AbCdEfGhIjKl", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"])
    func hashesOfOtherLengthsSayNothing(hash: String) throws {
        #expect(try #require(InviteLink(hash)).decoded == nil)
    }
}
