/// Reads the few structures of ASN.1 that RSA keys are written in.
struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    enum Tag: UInt8 {
        case integer = 0x02
        case bitString = 0x03
        case octetString = 0x04
        case objectIdentifier = 0x06
        case sequence = 0x30
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Whether the next element has this tag.
    func isNext(_ tag: Tag) -> Bool { rest.first == tag.rawValue }

    /// The content of the next element, which must have this tag.
    mutating func read(_ tag: Tag) throws(CryptoError) -> ArraySlice<UInt8> {
        guard let found = rest.popFirst() else { throw Self.malformed("it ends where an element was expected") }
        guard found == tag.rawValue else {
            throw Self.malformed("it has an element of kind \(found) where \(tag.rawValue) (\(tag)) was expected")
        }
        let count = try readLength()
        guard count <= rest.count else { throw Self.malformed("an element of \(count) bytes goes beyond its end") }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// A natural number, most significant byte first, without zeros in front.
    mutating func readInteger() throws(CryptoError) -> [UInt8] {
        let content = try read(.integer)
        guard let first = content.first, first < 0x80 else {
            throw Self.malformed("a number in it is negative or empty")
        }
        return Array(content.drop { $0 == 0 })
    }

    func expectEnd() throws(CryptoError) {
        guard rest.isEmpty else { throw Self.malformed("\(rest.count) bytes follow after its end") }
    }

    private mutating func readLength() throws(CryptoError) -> Int {
        guard let first = rest.popFirst() else { throw Self.malformed("it ends inside a length") }
        if first < 0x80 { return Int(first) }
        let count = Int(first & 0x7f)
        // Three bytes allow for 16 MiB, far more than any key.
        guard (1...3).contains(count), count <= rest.count else { throw Self.malformed("a length in it is invalid") }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
    }

    static func malformed(_ what: String) -> CryptoError {
        CryptoError(.malformedKey, "the RSA key cannot be read: \(what)")
    }
}

/// Writes the same structures.
enum DERWriter {
    static func element(_ tag: DERReader.Tag, _ content: [UInt8]) -> [UInt8] {
        var length = withUnsafeBytes(of: UInt32(content.count).bigEndian) { Array($0.drop { $0 == 0 }) }
        if content.isEmpty { length = [0] }
        if content.count >= 0x80 { length.insert(0x80 | UInt8(length.count), at: 0) }
        return [tag.rawValue] + length + content
    }

    /// A natural number; a zero in front keeps it from being negative.
    static func integer(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array(bytes.drop { $0 == 0 })
        return element(.integer, (digits.first ?? 0x80) < 0x80 ? digits : [0] + digits)
    }
}
