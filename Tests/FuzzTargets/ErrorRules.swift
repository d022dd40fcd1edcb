import MTProto
import MTProtoCrypto

/// What every error promises.
enum ErrorRules {
    static func violation(by error: MTProtoError) -> String? {
        if (error.check != nil) != (error.code == .securityCheckFailed) {
            return "an error names a check exactly when one failed: \(error)"
        }
        return violation(byMessage: error.message)
    }

    static func violation(by error: CryptoError) -> String? { violation(byMessage: error.message) }

    private static func violation(byMessage message: String) -> String? {
        if message.isEmpty || message.utf8.count > 1_000 { return "an error is one sentence: '\(message)'" }
        return message.utf8.contains(0x0a) ? "an error takes more than one line: '\(message)'" : nil
    }
}
