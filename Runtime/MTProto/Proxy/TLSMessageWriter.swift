/// Writes what TLS messages are made of: numbers with the most significant byte first, and vectors with their length in
/// front.
package struct TLSMessageWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func write(_ bytes: [UInt8]) { self.bytes += bytes }

    package mutating func write(_ numbers: UInt16...) {
        for number in numbers { bytes += [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)] }
    }

    /// What `body` writes, with the number of its bytes in front.
    package mutating func writeVector(lengthBytes: Int = 2, _ body: (inout TLSMessageWriter) -> Void) {
        let start = bytes.count
        bytes += [UInt8](repeating: 0, count: lengthBytes)
        body(&self)
        let length = bytes.count - start - lengthBytes
        precondition(length < 1 << (8 * lengthBytes), "a TLS vector of \(length) bytes is too long")
        for position in 0..<lengthBytes {
            bytes[start + position] = UInt8(truncatingIfNeeded: length >> (8 * (lengthBytes - 1 - position)))
        }
    }

    package mutating func writeExtension(_ type: UInt16, _ body: (inout TLSMessageWriter) -> Void) {
        write(type)
        writeVector(body)
    }
}
