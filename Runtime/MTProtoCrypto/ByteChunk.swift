/// Bytes that digests take: arrays, slices and buffers, in any mixture.
package protocol ByteChunk {
    func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R
}

extension [UInt8]: ByteChunk {}
extension ArraySlice<UInt8>: ByteChunk {}
extension UnsafeRawBufferPointer: ByteChunk {
    package func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R { try body(self) }
}
