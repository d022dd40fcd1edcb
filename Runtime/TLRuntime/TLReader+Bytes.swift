extension TLReader {
    /// UTF-8 text with its length in front. Bytes that are not UTF-8 become U+FFFD: servers have been seen to cut text
    /// in the middle of a character, and one such text must not make a whole page of messages unreadable.
    public mutating func string() -> String {
        guard let content = lengthPrefixed() else { return "" }
        return String(decoding: content, as: UTF8.self)
    }

    /// Bytes with their length in front.
    public mutating func bytes() -> [UInt8] {
        guard let content = lengthPrefixed() else { return [] }
        return [UInt8](content)
    }

    /// The content of a string, which ends at a multiple of four. The length is one byte up to 253; 254 and three
    /// bytes; or 255 and seven bytes, a form that some implementations write for what does not fit in 254. See
    /// <https://core.telegram.org/type/string>. `nil` after a problem.
    private mutating func lengthPrefixed() -> UnsafeRawBufferPointer? {
        let left = end - cursor
        // The shortest string takes four bytes with its padding.
        guard left >= 4 else {
            failUnexpectedEnd(needed: 4)
            return nil
        }
        let first = cursor.load(as: UInt8.self)
        if first < 254 { return content(headerLength: 1, length: Int(first)) }
        if first == 254 {
            let header = UInt32(littleEndian: cursor.loadUnaligned(as: UInt32.self))
            return content(headerLength: 4, length: Int(header >> 8))
        }
        guard left >= 8 else {
            failUnexpectedEnd(needed: 8)
            return nil
        }
        let header = UInt64(littleEndian: cursor.loadUnaligned(as: UInt64.self))
        // Where an Int has 32 bits, a length that fills it would overflow with header and padding.
        return content(headerLength: 8, length: min(Int(clamping: header >> 8), Int.max - 16))
    }

    @inline(__always)
    private mutating func content(headerLength: Int, length: Int) -> UnsafeRawBufferPointer? {
        let left = end - cursor
        let padded = (headerLength + length + 3) & ~3
        guard padded <= left else {
            failUnexpectedEnd(needed: padded)
            return nil
        }
        let content = UnsafeRawBufferPointer(start: cursor + headerLength, count: length)
        cursor += padded
        return content
    }
}
