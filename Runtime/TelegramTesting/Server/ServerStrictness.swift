/// Which rules for messages a ``TestServer`` insists on. All of them, unless a test wants to know what happens
/// otherwise.
///
/// The numbers are those of `bad_msg_notification`; see
/// <https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message>.
public struct ServerStrictness: Sendable, Hashable {
    /// Whether messages from more than 300 seconds ago (16) and from more than 30 seconds ahead (17) are refused.
    public var checksTime = true
    /// Whether identifiers must be multiples of four (18).
    public var checksParity = true
    /// Whether the salt must be one that is valid now (48).
    public var checksSalts = true
    /// Whether sequence numbers must rise with identifiers (32, 33).
    public var checksOrder = true
    /// Whether requests must have an odd number and acknowledgments, containers and polls an even one (34, 35).
    public var checksContentRelation = true

    /// Insists on everything.
    public init() {}

    /// Insists on nothing. Messages that have been seen are still not executed again.
    public static var lenient: ServerStrictness {
        var strictness = ServerStrictness()
        strictness.checksTime = false
        strictness.checksParity = false
        strictness.checksSalts = false
        strictness.checksOrder = false
        strictness.checksContentRelation = false
        return strictness
    }
}
