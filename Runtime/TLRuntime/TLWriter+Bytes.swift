extension TLWriter {
    /// The longest string or byte array that a length prefix can express.
    static let longestString = 0xFF_FFFF

    /// UTF-8 text with its length in front, padded to a multiple of four.
    public mutating func string(_ value: String) {
        // Native strings lend their bytes; only those bridged from Objective-C have to be copied first.
        let done: Void? = value.utf8.withContiguousStorageIfAvailable { lengthPrefixed(UnsafeRawBufferPointer($0)) }
        if done == nil { Array(value.utf8).withUnsafeBytes { lengthPrefixed($0) } }
    }

    /// Bytes with their length in front, padded to a multiple of four.
    public mutating func bytes(_ value: [UInt8]) {
        value.withUnsafeBytes { lengthPrefixed($0) }
    }

    /// Bytes as they are, without length or padding.
    package mutating func raw(_ value: UnsafeRawBufferPointer) {
        guard let source = value.baseAddress else { return }
        reserve(value.count)
        cursor.copyMemory(from: source, byteCount: value.count)
        cursor += value.count
    }

    private mutating func lengthPrefixed(_ content: UnsafeRawBufferPointer) {
        let length = content.count
        guard length <= Self.longestString else {
            fail(.tooLong(byteCount: length))
            return
        }
        let room = length + 7
        reserve(room)
        let headerLength: Int
        if length < 254 {
            cursor.storeBytes(of: UInt8(truncatingIfNeeded: length), as: UInt8.self)
            headerLength = 1
        } else {
            cursor.storeBytes(of: (UInt32(truncatingIfNeeded: length) << 8 | 254).littleEndian, as: UInt32.self)
            headerLength = 4
        }
        let padded = (headerLength + length + 3) & ~3
        // The last word first: it clears the padding, and the content then overwrites what is not padding. When the
        // whole string takes one word, that word holds the length too.
        let lastWord = padded == 4 ? UInt32(truncatingIfNeeded: length).littleEndian : 0
        (cursor + padded - 4).storeBytes(of: lastWord, as: UInt32.self)
        if let source = content.baseAddress { (cursor + headerLength).copyMemory(from: source, byteCount: length) }
        cursor += padded
    }
}
