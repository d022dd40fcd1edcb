import TelegramAPI

/// What a client has said about itself with `initConnection`; see <https://core.telegram.org/method/initConnection>.
public struct TestClientInfo: Sendable, Hashable {
    /// The number of the application.
    public var apiID: Int32
    /// The model of the device.
    public var deviceModel: String
    /// The version of the operating system.
    public var systemVersion: String
    /// The version of the application.
    public var appVersion: String
    /// The language of the system.
    public var systemLanguageCode: String
    /// The name of the language pack; empty for none.
    public var languagePack: String
    /// The language of the application.
    public var languageCode: String
    /// The address of the MTProxy that the client says it uses; `nil` when it names none.
    public var proxy: String?
}
