import CodecRules
import FuzzDriver
import RepositorySchemas

@main
enum ReaderFuzzer {
    private static let rules = CodecRules(schema: RepositorySchemas.load("api.tl"))

    static func main() {
        FuzzDriver.run { start, count in
            FuzzDriver.check(start, count, violation: ReaderFuzzer.rules.violation)
        }
    }
}
