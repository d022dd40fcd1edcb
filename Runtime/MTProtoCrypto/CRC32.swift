import CMTProtoZlib

/// The checksum of gzip and of the transport `full`. It finds accidents, not forgeries.
package struct CRC32: Sendable, Hashable {
    /// The checksum of everything passed so far.
    package private(set) var checksum: UInt32 = 0

    package init() {}

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        checksum = UInt32(
            truncatingIfNeeded: crc32_z(uLong(checksum), base.assumingMemoryBound(to: UInt8.self), bytes.count)
        )
    }

    package mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }
    package mutating func update(_ bytes: ArraySlice<UInt8>) { bytes.withUnsafeBytes { update($0) } }

    package static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        var running = CRC32()
        running.update(bytes)
        return running.checksum
    }

    package static func checksum(_ bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes { checksum($0) } }
    package static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.withUnsafeBytes { checksum($0) } }
}
