import Telegram
import TelegramAPI
import Testing

@Suite struct StringMessageEntityTests {
    @Test func placesAreCountedInUTF16() {
        let text = "a 😀b cé"
        #expect(
            text.texts(of: [
                .messageEntityBold(offset: 0, length: 1), .messageEntityItalic(offset: 2, length: 3),
                .messageEntityTextUrl(offset: 6, length: 2, url: "u"), .messageEntityCode(offset: 4, length: 0),
            ]) == ["a", "😀b", "cé", ""]
        )
    }

    @Test func placesOutsideOfTheTextAreLeftOut() {
        let pieces = "ab".texts(of: [
            .messageEntityBold(offset: 1, length: 5), .messageEntityBold(offset: 5, length: 1),
            .messageEntityBold(offset: -1, length: 2), .messageEntityBold(offset: 1, length: -1),
            .messageEntityBold(offset: .max, length: .max), .messageEntityBold(offset: .min, length: .min),
        ])
        #expect(pieces == ["b", "", "a", "", "", ""])
        // Half of a character that takes two units.
        #expect("😀".texts(of: [.messageEntityBold(offset: 0, length: 1)]) == ["\u{FFFD}"])
    }
}
