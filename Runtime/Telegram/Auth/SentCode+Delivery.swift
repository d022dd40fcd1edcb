import TelegramAPI

extension SentCode {
    /// How a login code reaches its owner. See <https://core.telegram.org/api/auth#code-types>.
    public struct Delivery: Sendable, Hashable {
        /// The way that it takes.
        public let kind: Kind
        /// How many characters the code has, if that is known.
        public let length: Int?
        /// What helps to recognize it: the pattern of the e-mail address or of the number that calls, the beginning of
        /// the number that calls or of the secret word or phrase, or the address of the page on Fragment.
        public let hint: String?

        init(kind: Kind, length: Int32? = nil, hint: String? = nil) {
            self.kind = kind
            self.length = length.map { Int($0) }
            self.hint = hint
        }
    }
}

extension SentCode.Delivery {
    /// Ways that a code takes. More may come, so keep a `default` when you switch over them.
    public struct Kind: Sendable, Hashable, CustomStringConvertible {
        /// What it is called in a sentence.
        public let description: String

        /// No code is needed.
        public static let none = Kind(description: "nothing")
        /// A message in the other apps that are signed in.
        public static let app = Kind(description: "message in the app")
        /// A text message with digits.
        public static let sms = Kind(description: "text message")
        /// A text message with one word, which is the code.
        public static let smsWord = Kind(description: "text message with a word")
        /// A text message with a phrase, which is the code.
        public static let smsPhrase = Kind(description: "text message with a phrase")
        /// A call that reads the code aloud.
        public static let call = Kind(description: "call")
        /// A call that ends at once; the calling number is the code.
        public static let flashCall = Kind(description: "flash call")
        /// A call that is not to be answered; the last digits of the calling number are the code.
        public static let missedCall = Kind(description: "missed call")
        /// A message to the e-mail address that has been set up for codes.
        public static let email = Kind(description: "e-mail")
        /// Nothing yet: first an e-mail address has to be set up for codes, with `account.sendVerifyEmailCode`.
        public static let emailSetupRequired = Kind(description: "e-mail that is not set up")
        /// A page on <https://fragment.com>, for numbers bought there.
        public static let fragment = Kind(description: "Fragment")
        /// A text message that only the official app can ask for.
        public static let firebase = Kind(description: "Firebase")
    }
}

extension SentCode.Delivery: CustomStringConvertible {
    /// The way, and the number of characters.
    public var description: String { length.map { "\(kind), \($0) characters" } ?? kind.description }
}

extension SentCode.Delivery {
    init(_ type: TL.auth.SentCodeType) {
        switch type {
        case .sentCodeTypeApp(let type): self.init(kind: .app, length: type.length)
        case .sentCodeTypeSms(let type): self.init(kind: .sms, length: type.length)
        case .sentCodeTypeSmsWord(let type): self.init(kind: .smsWord, hint: type.beginning)
        case .sentCodeTypeSmsPhrase(let type): self.init(kind: .smsPhrase, hint: type.beginning)
        case .sentCodeTypeCall(let type): self.init(kind: .call, length: type.length)
        case .sentCodeTypeFlashCall(let type): self.init(kind: .flashCall, hint: type.pattern)
        case .sentCodeTypeMissedCall(let type): self.init(kind: .missedCall, length: type.length, hint: type.prefix)
        case .sentCodeTypeEmailCode(let type): self.init(kind: .email, length: type.length, hint: type.emailPattern)
        case .sentCodeTypeSetUpEmailRequired: self.init(kind: .emailSetupRequired)
        case .sentCodeTypeFragmentSms(let type): self.init(kind: .fragment, length: type.length, hint: type.url)
        case .sentCodeTypeFirebaseSms(let type): self.init(kind: .firebase, length: type.length)
        }
    }

    init(_ type: TL.auth.CodeType) {
        switch type {
        case .codeTypeSms: self.init(kind: .sms)
        case .codeTypeCall: self.init(kind: .call)
        case .codeTypeFlashCall: self.init(kind: .flashCall)
        case .codeTypeMissedCall: self.init(kind: .missedCall)
        case .codeTypeFragmentSms: self.init(kind: .fragment)
        }
    }
}
