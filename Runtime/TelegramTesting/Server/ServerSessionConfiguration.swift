/// How a session of the server treats its client.
package struct ServerSessionConfiguration: Sendable {
    package var strictness = ServerStrictness()
    /// How many received messages are remembered.
    package var rememberedMessages = 8_192
    /// How many messages wait for a client that is away or does not acknowledge; beyond it the oldest are forgotten.
    package var maximumUnacknowledged = 8_192
    /// How many bytes they may have.
    package var maximumUnacknowledgedBytes = 64 << 20
    /// How long a message waits to be acknowledged before it is forgotten.
    package var keepsFor: Duration = .seconds(600)
    /// How long a message waits to be acknowledged before it is sent again by a connection that stands.
    package var resendsAfter: Duration = .seconds(90)
    /// From how many bytes on a message is announced with `msg_detailed_info` instead of being sent again.
    package var announcesFrom = 16_384
    /// How long a request may run before the client is told that it has come.
    package var acknowledgesAfter: Duration = .milliseconds(500)
    /// How large compressed content may become.
    package var inflationLimit = 32 << 20

    package init() {}
}
