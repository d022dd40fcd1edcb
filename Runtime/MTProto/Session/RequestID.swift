/// Names a request on this side of the wire, from the call to its end; message identifiers change when it is sent
/// again.
package struct RequestID: Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt64

    package init(_ rawValue: UInt64) { self.rawValue = rawValue }

    package var description: String { "request \(rawValue)" }
}
