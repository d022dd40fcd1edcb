import FuzzDriver
import SchemaRules

FuzzDriver.run { start, count in
    FuzzDriver.check(start, count, violation: SchemaRules.violation)
}
