import TelegramAPI

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a QR code for signing in says, and how long it is good.
///
/// Whoever scans it with an app that is signed in lets this program into the account, so show it to nobody else.
public struct QRCode: Sendable {
    /// What ``url`` is made of.
    public let token: Data
    /// What to draw: `tg://login?token=...`.
    public let url: URL
    /// When it stops working, by the server's clock; about half a minute after it was made.
    public let expiresAt: Date

    init(_ token: TL.auth.LoginToken.LoginToken) throws(SignInError) {
        let bytes = Data(token.token)
        guard let url = URL(string: "tg://login?token=\(Self.base64ForLinks(bytes))") else {
            throw SignInError(
                .unexpectedAnswer,
                "the server has sent a login token of which no link can be made; try again"
            )
        }
        self.token = bytes
        self.url = url
        expiresAt = Date(timeIntervalSince1970: Double(token.expires))
    }

    /// Base64 in the alphabet for links, without padding.
    static func base64ForLinks(_ bytes: Data) -> String {
        var text = ""
        for character in bytes.base64EncodedString() {
            switch character {
            case "+": text.append("-")
            case "/": text.append("_")
            case "=": continue
            default: text.append(character)
            }
        }
        return text
    }
}

extension QRCode: CustomStringConvertible, CustomReflectable {
    /// When it expires, without what it says.
    public var description: String { "QR code until \(expiresAt)" }

    /// Shows nothing of the token.
    public var customMirror: Mirror { Mirror(self, children: ["expiresAt": expiresAt]) }
}
