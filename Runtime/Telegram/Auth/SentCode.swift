import TelegramAPI

/// A login code that is on its way, or that has made itself superfluous.
///
/// Telegram decides how a code is delivered; a program cannot ask for a text message. Most accounts get it as a message
/// in their other apps, so tell people where to look: ``delivery``. See <https://core.telegram.org/api/auth>.
public struct SentCode: Sendable {
    /// The number that it is for.
    public let phone: PhoneNumber
    /// What ties the steps together. It is no secret by itself, but together with the code it signs somebody in.
    public let codeHash: String
    /// How the code is delivered.
    public let delivery: Delivery
    /// How it is delivered when one asks again, with ``TelegramClient/resendLoginCode(phone:)``; `nil` when there is no
    /// other way.
    public let nextDelivery: Delivery?
    /// After what time one may ask again.
    public let timeout: Duration?
    /// Whoever is signed in already, because the server has recognized the device: no code is needed.
    public let user: User?

    init(phone: PhoneNumber, user: User) {
        self.phone = phone
        self.user = user
        codeHash = ""
        delivery = Delivery(kind: .none)
        nextDelivery = nil
        timeout = nil
    }

    init(phone: PhoneNumber, _ sent: TL.auth.SentCode.SentCode) {
        self.phone = phone
        codeHash = sent.phoneCodeHash
        delivery = Delivery(sent.type)
        nextDelivery = sent.nextType.map { Delivery($0) }
        timeout = sent.timeout.map { .seconds($0) }
        user = nil
    }

    /// How many characters the code has, if that is known.
    public var length: Int? { delivery.length }
}

extension SentCode: CustomStringConvertible {
    /// How the code comes, without what is needed to use it.
    public var description: String {
        if user != nil { return "no code is needed" }
        let next = nextDelivery.map { ", next \($0)" } ?? ""
        return "code by \(delivery)\(next)"
    }
}

extension SentCode: CustomReflectable {
    /// The same for those who print everything: the hash and the number stay out.
    public var customMirror: Mirror {
        Mirror(self, children: ["delivery": delivery, "nextDelivery": nextDelivery as Any, "timeout": timeout as Any])
    }
}
