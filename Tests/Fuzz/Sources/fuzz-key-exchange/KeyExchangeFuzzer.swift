import FuzzDriver
import FuzzTargets

@main
enum KeyExchangeFuzzer {
    private static let rules = KeyExchangeRules()

    static func main() {
        FuzzDriver.run { start, count in
            FuzzDriver.check(start, count) { input in
                guard let rules = KeyExchangeFuzzer.rules else { return "an honest exchange makes a key" }
                return rules.violation(by: input)
            }
        }
    }
}
