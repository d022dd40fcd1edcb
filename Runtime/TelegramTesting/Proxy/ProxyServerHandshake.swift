package import MTProto

/// A proxy's side of the dialogue that leads to a destination.
///
/// Bytes in, bytes out, like the client's side. When the client has said where it wants to go, the owner connects there
/// and sends what ``accepted()`` or ``unreachable()`` return; bytes that wait in the queue by then belong to the
/// stream.
package protocol ProxyServerHandshake: Sendable {
    /// Looks at the bytes that have come. After ``ProxyServerStep/send(_:)`` call it again at once.
    ///
    /// - Throws: when the client does not speak this protocol; the connection is to be closed without an answer.
    mutating func received(_ input: inout ByteQueue) throws(MTProtoError) -> ProxyServerStep

    /// What to send when the destination is connected.
    func accepted() -> [UInt8]

    /// What to send when the destination cannot be connected; then close.
    func unreachable() -> [UInt8]
}

/// What a proxy has to do next.
package enum ProxyServerStep: Sendable, Equatable {
    /// Wait for more bytes.
    case needsMore
    /// Send these bytes and go on.
    case send([UInt8])
    /// Connect there.
    case connect(Endpoint)
    /// Send these bytes and close.
    case refuse(send: [UInt8])
}

/// How a proxy answers a request that it has understood.
package enum ProxyServerBehaviour: Sendable, Hashable {
    /// As the client wishes.
    case obliging
    /// With a refusal: the code of a SOCKS answer, or an HTTP status.
    case refusing(code: Int)
    /// Not at all; the connection stays open.
    case stalling
    /// With these bytes, whatever they mean; then it closes.
    case babbling([UInt8])

    /// The step for a request for a destination.
    func step(to destination: Endpoint, refusal: (Int) -> [UInt8]) -> ProxyServerStep {
        switch self {
        case .obliging: .connect(destination)
        case .refusing(let code): .refuse(send: refusal(code))
        case .stalling: .needsMore
        case .babbling(let bytes): .refuse(send: bytes)
        }
    }
}

extension ProxyTarget {
    /// Whether a client may ask for it: an address, or a name as clients write them. Anything else in a name, such as a
    /// NUL, would be another name to who looks it up.
    var isValid: Bool { (try? ProxyTarget(host)) != nil }
}
