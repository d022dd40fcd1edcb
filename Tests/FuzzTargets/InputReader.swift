/// Takes an input apart from its start. Where it has ended there are only zeros, so every input means something.
struct InputReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func byte() -> Int { Int(rest.popFirst() ?? 0) }

    mutating func number<T: FixedWidthInteger>(_ type: T.Type = T.self) -> T {
        var value: T = 0
        for _ in 0..<MemoryLayout<T>.size { value = value << 8 | T(truncatingIfNeeded: byte()) }
        return value
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func remainder() -> [UInt8] { bytes(rest.count) }

    /// Bytes with their number in front, made a multiple of four by zeros.
    mutating func words() -> [UInt8] {
        let bytes = bytes(byte())
        return bytes + [UInt8](repeating: 0, count: -bytes.count & 3)
    }

    /// Changes sound bytes a little, as the rest of the input says.
    mutating func changed(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        while !isAtEnd, bytes.count < 1 << 16 {
            let operation = byte()
            let position = Int(number(UInt16.self)) % (bytes.count + 1)
            switch operation % 5 {
            case 0 where position < bytes.count: bytes[position] ^= UInt8(byte())
            case 1: bytes.replaceSubrange(position..<min(bytes.count, position + 1 + byte()), with: [])
            case 2: bytes.insert(contentsOf: self.bytes(byte() % 32), at: position)
            case 3: bytes.removeSubrange(position...)
            case 4 where position < bytes.count:
                let new = self.bytes(byte() % 32).prefix(bytes.count - position)
                bytes.replaceSubrange(position..<position + new.count, with: new)
            default: break
            }
        }
        return bytes
    }
}

extension [UInt8] {
    /// The bytes in pieces of so many, or whole for zero.
    func pieces(of size: Int) -> [ArraySlice<UInt8>] {
        guard size > 0 else { return [self[...]] }
        return stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
