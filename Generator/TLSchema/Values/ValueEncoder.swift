/// Writes values as the wire has them.
public enum ValueEncoder {
    /// The bytes of a value, padding zero. What ``ValueDecoder`` read comes out as it came in.
    ///
    /// Strings of 16 MB or more do not exist on the wire; of such a value the first 16 MB less one byte are written.
    public static func bytes(of value: TLValue) -> [UInt8] {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return bytes
    }

    private static func append(_ value: TLValue, to bytes: inout [UInt8]) {
        switch value {
        case .int(let number): append(UInt32(bitPattern: number), to: &bytes)
        case .long(let number): append(UInt64(bitPattern: number), to: &bytes)
        case .double(let number): append(number.bitPattern, to: &bytes)
        case .int128(let content), .int256(let content): bytes += content
        case .string(let content), .bytes(let content): appendContent(content, to: &bytes)
        case .bool(let value): append(value ? WireNumber.boolTrue : WireNumber.boolFalse, to: &bytes)
        case .flags(let word): append(word, to: &bytes)
        case .present: break
        case .vector(let elements, let isBoxed):
            if isBoxed { append(WireNumber.vector, to: &bytes) }
            append(UInt32(truncatingIfNeeded: elements.count), to: &bytes)
            for element in elements { append(element, to: &bytes) }
        case .object(let object):
            if object.isBoxed { append(object.combinator.number, to: &bytes) }
            for case let value? in object.values { append(value, to: &bytes) }
        }
    }

    static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        var rest = number
        for _ in 0..<number.bitWidth / 8 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    static func appendContent(_ content: [UInt8], to bytes: inout [UInt8]) {
        let content = content.prefix(0xFF_FFFF)
        let start = bytes.count
        if content.count < 254 {
            bytes.append(UInt8(content.count))
        } else {
            append(UInt32(content.count) << 8 | 254, to: &bytes)
        }
        bytes += content
        while (bytes.count - start) % 4 != 0 { bytes.append(0) }
    }
}
