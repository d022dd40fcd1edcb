import Telegram
import Testing

@Suite struct PhoneNumberTests {
    @Test(arguments: ["+34 600 11-22", "346001122", "(34) 600-1122", "\u{A0}34\t6001122\n"])
    func ornamentIsLeftOut(text: String) {
        #expect(PhoneNumber(text)?.digits == "346001122")
    }

    @Test(arguments: ["", "+", "+34a", "12.3", "٣٤", "²", "@34", "()"])
    func anythingElseThanDigitsIsNotANumber(text: String) {
        #expect(PhoneNumber(text) == nil)
    }

    @Test func integersAreTaken() {
        #expect(PhoneNumber(346_001_122)?.digits == "346001122")
        #expect(PhoneNumber(0) == nil)
        #expect(PhoneNumber(-34) == nil)
    }

    @Test func printingKeepsItSecret() throws {
        let number = try #require(PhoneNumber("+34 600 11 22"))
        let link = try #require(TelegramLink("t.me/+346001122"))
        for text in ["\(number)", String(reflecting: number), "\(link)", String(reflecting: link)] {
            #expect(!text.contains("600"))
            #expect(text.contains("9 digits"))
        }
    }
}
