/// Where a connection to a data centre stands.
public enum ConnectionState: Sendable, Hashable {
    /// A connection is being made; `attempt` counts from 1, and starts anew once a connection has been of use.
    case connecting(attempt: Int)
    /// The way is open, and a key is being agreed upon.
    case exchangingKeys
    /// Requests reach the server.
    case connected
    /// The last attempt ended with this error; the next one starts after this time. Requests wait.
    case waiting(Duration, after: MTProtoError)
    /// Nothing more happens by itself; requests fail. Without an error it was never connected, or somebody disconnected
    /// it.
    case disconnected(MTProtoError?)
}

extension ConnectionState: CustomStringConvertible {
    /// `connecting (attempt 2)`, `disconnected: the server does not know the key`.
    public var description: String {
        switch self {
        case .connecting(let attempt): "connecting (attempt \(attempt))"
        case .exchangingKeys: "exchanging keys"
        case .connected: "connected"
        case .waiting(let delay, let error): "waiting for \(delay) after an error: \(error)"
        case .disconnected(let error?): "disconnected: \(error)"
        case .disconnected(nil): "disconnected"
        }
    }
}
