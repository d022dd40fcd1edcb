import FuzzDriver
import RepositorySchemas
import SchemaRules

@main
enum InspectionFuzzer {
    private static let rules = InspectionRules(schemas: ["api.tl", "mtproto.tl"].map(RepositorySchemas.load))

    static func main() {
        FuzzDriver.run { start, count in
            FuzzDriver.check(start, count, violation: InspectionFuzzer.rules.violation)
        }
    }
}
