/// The codes that are on their way, by phone number, so that a program need not carry their hashes around.
struct LoginCodes: Sendable {
    /// A code that has been sent.
    struct Pending: Sendable, Hashable {
        let phone: PhoneNumber
        let hash: String
        /// Whether it went to an e-mail address: the server wants to be told.
        var isEmail = false
    }

    private var pending: [PhoneNumber: Pending] = [:]
    private var lastPhone: PhoneNumber?

    mutating func remember(_ sent: SentCode) {
        lastPhone = sent.phone
        // Without a hash there is nothing to sign in with.
        guard !sent.codeHash.isEmpty else {
            pending[sent.phone] = nil
            return
        }
        pending[sent.phone] = Pending(
            phone: sent.phone,
            hash: sent.codeHash,
            isEmail: sent.delivery.kind == .email
        )
    }

    mutating func forget(_ phone: PhoneNumber) { pending[phone] = nil }

    mutating func forgetAll() { self = LoginCodes() }

    func hash(for phone: PhoneNumber) -> String? { pending[phone]?.hash }

    /// The number that is meant: the one that is given, or the last one that a code was requested for.
    func phone(_ phone: PhoneNumber?) throws(SignInError) -> PhoneNumber {
        if let phone = phone ?? lastPhone { return phone }
        throw SignInError(
            .codeNotRequested,
            "no code has been requested with this client; call 'requestLoginCode(phone:)' first, or give the number"
        )
    }

    /// What a code is to be sent back with.
    func find(_ phone: PhoneNumber?, hash: String?) throws(SignInError) -> Pending {
        let phone = try self.phone(phone)
        if let known = pending[phone], hash == nil || hash == known.hash { return known }
        if let hash { return Pending(phone: phone, hash: hash) }
        throw SignInError(
            .codeNotRequested,
            "no code is on its way to this \(phone); call 'requestLoginCode(phone:)' first, or give its hash"
        )
    }
}
