/// A number that the server wants in each message for a while, against replays.
package struct ServerSalt: Sendable, Hashable {
    package var value: Int64
    /// From when and until when it is valid, since 1970 by the server's clock.
    package var validity: Range<Duration>

    package init(value: Int64, validity: Range<Duration>) {
        self.value = value
        self.validity = validity
    }
}
