/// Names and fields of a whole schema in one compact text, for printing.
///
/// A line a constructor or function: its number, its name, its fields as `name:type`. Types: `i` int, `l` long, `d`
/// double, `s` string, `b` bytes, `B` Bool, `o` int128, `h` int256, `*` anything with a number, `#` a flags word, `t` a
/// presence bit, `v` and `w` a boxed and a bare vector of what follows, `%name;` a constructor without its number. `3?`
/// in front stands for bit 3 of `flags`, `flags2.3?` for a bit of another word.
public struct TLFieldTable: Sendable {
    /// One constructor or function.
    struct Entry {
        let name: String
        let fields: [Field]
    }

    struct Field {
        let name: String
        /// The word and the bit it depends on.
        let condition: (word: String, bit: UInt32)?
        let type: [UInt8]
    }

    private let text: StaticString
    private let lines: [UInt32: Range<Int>]
    private let numbers: [String: UInt32]

    /// Indexes the text; generated code calls this once, when something is printed for the first time.
    public init(_ text: StaticString) {
        self.text = text
        var lines: [UInt32: Range<Int>] = [:]
        var numbers: [String: UInt32] = [:]
        let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            if end - start > 9,
                let number = UInt32(String(decoding: bytes[start..<start + 8], as: UTF8.self), radix: 16)
            {
                lines[number] = start + 9..<end
                let name = String(decoding: bytes[start + 9..<end].prefix { $0 != 0x20 }, as: UTF8.self)
                // A function may be called like a constructor. Only constructors are held without their numbers, and
                // they stand first in the text.
                if numbers[name] == nil { numbers[name] = number }
            }
            start = end + 1
        }
        self.lines = lines
        self.numbers = numbers
    }

    /// Readable TL for a value, `inputPeerUser(user_id: 1, access_hash: 2)`, on one line if it is short.
    ///
    /// Generated types print through this: they conform to `TextOutputStreamable` and not to `CustomStringConvertible`,
    /// because many of them have a field called `description`.
    public func text(of value: some TLCodable) -> String {
        do {
            return text(of: try value.encoded())
        } catch {
            return "\(type(of: value)): \(error)"
        }
    }

    /// Readable TL for a request, as for a value.
    public func text(of function: some TLFunction) -> String {
        do {
            return text(of: try function.encoded())
        } catch {
            return "\(type(of: function)): \(error)"
        }
    }

    /// Readable TL for the bytes of a value; says where it stopped when the bytes are not one.
    public func text(of bytes: [UInt8]) -> String {
        bytes.withUnsafeBytes { TLPrinter.text(of: $0, with: self) }
    }

    /// The name behind a number, `messages.sendMessage`; `nil` when the schema has no such number.
    public func name(of number: UInt32) -> String? { entry(number)?.name }

    /// What stands behind a number.
    func entry(_ number: UInt32) -> Entry? {
        guard let line = lines[number] else { return nil }
        let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        let words = bytes[line].split(separator: 0x20)
        guard let name = words.first else { return nil }
        return Entry(name: String(decoding: name, as: UTF8.self), fields: words.dropFirst().compactMap(Self.field))
    }

    /// The number of a constructor that a bare reference names.
    func number(named name: String) -> UInt32? { numbers[name] }

    private static func field(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Field? {
        guard let colon = word.firstIndex(of: 0x3A) else { return nil }
        let name = String(decoding: word[..<colon], as: UTF8.self)
        let rest = word[(colon + 1)...]
        guard let mark = rest.firstIndex(of: 0x3F) else { return Field(name: name, condition: nil, type: Array(rest)) }
        let condition = rest[..<mark].split(separator: 0x2E).map { String(decoding: $0, as: UTF8.self) }
        guard let bit = condition.last.flatMap({ UInt32($0) }) else { return nil }
        let flagWord = condition.count > 1 ? condition[0] : "flags"
        return Field(name: name, condition: (flagWord, bit), type: Array(rest[(mark + 1)...]))
    }
}
