/// Reads what TLS messages are made of; `nil` wherever fewer bytes are left than announced.
package struct TLSMessageReader {
    private var rest: ArraySlice<UInt8>

    package init(_ bytes: some Collection<UInt8>) { rest = Array(bytes)[...] }

    package var isAtEnd: Bool { rest.isEmpty }

    package mutating func bytes(_ count: Int) -> [UInt8]? {
        guard count >= 0, count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// A number with the most significant byte first.
    package mutating func number(byteCount: Int) -> Int? {
        bytes(byteCount)?.reduce(0) { $0 << 8 | Int($1) }
    }

    /// The content of a vector with its length in front.
    package mutating func vector(lengthBytes: Int = 2) -> [UInt8]? {
        number(byteCount: lengthBytes).flatMap { bytes($0) }
    }
}
