import MTProtoCrypto

/// Everything about signing in that has begun and is not over yet.
struct LoginDesk: Sendable {
    /// A code on its way to a phone.
    struct PhoneCode: Sendable {
        let phone: String
        let code: String
        let keyID: Int64
        /// Counts codes: several may be sent in one second.
        var number: Int
        var sentAt: Int32
        var expiresAt: Int32
        /// Which of the ways of delivery was taken.
        var delivery: Int
        /// The right code was given, and an account is still missing.
        var isConfirmed = false
        var wrongAttempts = 0
    }

    /// A QR code.
    struct Token: Sendable {
        let keyID: Int64
        let clientInfo: TestClientInfo?
        let dataCenter: Int32
        let expiresAt: Int32
        let excepted: Set<Int64>
        var acceptedBy: Int64?
    }

    /// One attempt to prove a password.
    struct PasswordAttempt: Sendable {
        let accountID: Int64
        let verifier: PasswordVerifier
    }

    /// An authorisation on its way to another data centre.
    struct Export: Sendable {
        let accountID: Int64
        let dataCenter: Int32
        let bytes: [UInt8]
    }

    var lastCodeNumber = 0
    /// By their hash.
    var phoneCodes: [String: PhoneCode] = [:]
    var tokens: [[UInt8]: Token] = [:]
    /// By `srp_id`.
    var attempts: [Int64: PasswordAttempt] = [:]
    var exports: [Export] = []
}
