import TelegramAPI

/// How the code to sign in with reaches its owner.
public enum CodeDelivery: Sendable, Hashable {
    /// A message in the other applications of the account. Skipped when there are none.
    case app
    /// A text message.
    case sms
    /// A call.
    case call

    func type(length: Int) -> TL.auth.SentCodeType {
        switch self {
        case .app: .sentCodeTypeApp(length: Int32(clamping: length))
        case .sms: .sentCodeTypeSms(length: Int32(clamping: length))
        case .call: .sentCodeTypeCall(length: Int32(clamping: length))
        }
    }

    /// As what follows; the first way of all never does.
    var next: TL.auth.CodeType? {
        switch self {
        case .app: nil
        case .sms: .codeTypeSms
        case .call: .codeTypeCall
        }
    }
}
