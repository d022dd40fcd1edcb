/// Which end of a connection a codec serves: a few bytes mean different things to the two.
package enum TransportSide: Sendable {
    /// The one that connects and asks.
    case client
    /// The one that accepts and answers.
    case server
}
