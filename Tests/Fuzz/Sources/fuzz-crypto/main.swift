import FuzzDriver
import FuzzTargets

FuzzDriver.run { start, count in
    FuzzDriver.check(start, count, violation: CryptoRules.violation)
}
