import MTProtoCrypto
import Telegram

extension World {
    // MARK: - Who exists

    func account(phone: String) -> AccountRecord? {
        guard let digits = phoneDigits(phone) else { return nil }
        return accounts.values.first { $0.phone == digits }
    }

    func account(username: String) -> AccountRecord? {
        guard case .user(let id)? = usernames[Self.key(username)] else { return nil }
        return accounts[id]
    }

    mutating func addUser(
        phone: String,
        firstName: String,
        lastName: String,
        username: String?,
        dataCenter: Int32
    ) throws(RPCError) -> AccountRecord {
        guard let digits = phoneDigits(phone) else { throw refusal("PHONE_NUMBER_INVALID") }
        guard account(phone: digits) == nil else { throw refusal("PHONE_NUMBER_OCCUPIED") }
        guard isName(firstName) else { throw refusal("FIRSTNAME_INVALID") }
        if let username { try checkFree(username) }
        let account = AccountRecord(
            id: nextUserID(),
            isBot: false,
            dataCenter: dataCenter,
            firstName: firstName,
            lastName: lastName,
            username: username,
            phone: digits
        )
        add(account)
        return account
    }

    /// A person with a phone number that nobody has: those of the United States whose exchange is 555.
    mutating func addUser(named username: String, dataCenter: Int32) throws(RPCError) -> AccountRecord {
        var number = 1_001
        while account(phone: "1202555\(number)") != nil { number += 1 }
        return try addUser(
            phone: "1202555\(number)",
            firstName: username,
            lastName: "",
            username: username,
            dataCenter: dataCenter
        )
    }

    mutating func addBot(
        name: String,
        username: String,
        token: String?,
        dataCenter: Int32
    ) throws(RPCError) -> AccountRecord {
        try checkFree(username)
        let id = nextUserID()
        let token = token ?? "\(id):\(randomText(35))"
        guard accounts.values.allSatisfy({ $0.token != token }) else { throw refusal("ACCESS_TOKEN_INVALID") }
        let account = AccountRecord(
            id: id,
            isBot: true,
            dataCenter: dataCenter,
            firstName: name,
            lastName: "",
            username: username,
            token: token
        )
        add(account)
        return account
    }

    private mutating func add(_ account: AccountRecord) {
        accounts[account.id] = account
        inboxes[account.id] = Inbox()
        if let username = account.username { usernames[Self.key(username)] = .user(account.id) }
    }

    /// What a server keeps of a password. Takes some tens of milliseconds.
    static func password(
        _ text: String,
        hint: String,
        email: String?,
        random: any RandomSource
    ) throws -> TwoStepPassword {
        let salts = (random.bytes(40), random.bytes(16))
        let parameters = passwordParameters(salts.0, salts.1)
        return TwoStepPassword(
            salt1: salts.0,
            salt2: salts.1,
            verifier: try parameters.verifier(for: Array(text.utf8)),
            hint: hint,
            email: email
        )
    }

    static func passwordParameters(_ salt1: [UInt8], _ salt2: [UInt8]) -> PasswordParameters {
        PasswordParameters(salt1: salt1, salt2: salt2, generator: 3, prime: DiffieHellmanGroup.knownPrime)
    }

    // MARK: - Names

    /// Usernames are the same however they are capitalised.
    static func key(_ username: String) -> String { username.lowercased() }

    func isName(_ text: String) -> Bool {
        text.contains { !$0.isWhitespace } && text.count <= 64
    }

    /// A letter first, then letters, digits and single underscores, none at the end: five to 32 characters.
    static func isUsername(_ text: String) -> Bool {
        let characters = Array(text.utf8)
        let isLetter = { (byte: UInt8) in (0x61...0x7a).contains(byte | 0x20) }
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        guard (5...32).contains(characters.count), isLetter(characters[0]), characters.last != UInt8(ascii: "_"),
            characters.allSatisfy({ isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") })
        else { return false }
        return !zip(characters, characters.dropFirst()).contains { $0 == $1 && $0 == UInt8(ascii: "_") }
    }

    /// Names that tests set up may be as short as those that were sold: three characters.
    func checkFree(_ username: String) throws(RPCError) {
        guard Self.isUsername(username) || Self.isUsername(username + "xx") else { throw refusal("USERNAME_INVALID") }
        guard usernames[Self.key(username)] == nil else { throw refusal("USERNAME_OCCUPIED") }
    }
}
