/// Bytes written as hex digits.
enum HexDigits {
    /// The bytes; blanks and line breaks between the digits and one `0x` in front of them do not count.
    /// - Throws: ``InputError`` that names the first character that is no hex digit, or says that a digit is missing.
    static func bytes(of text: [UInt8]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        var pending: UInt8?
        var index = text.firstIndex { !isBlank($0) } ?? text.count
        if text[index...].starts(with: "0x".utf8) { index += 2 }
        for (place, character) in text.enumerated().dropFirst(index) where !isBlank(character) {
            guard let digit = value(of: character) else {
                let isPrintable = (0x21...0x7E).contains(character)
                let found = isPrintable ? "'\(Character(UnicodeScalar(character)))'" : "byte \(character)"
                throw InputError(
                    "character \(place + 1) is \(found), expected a hex digit; 'xxd -p FILE' prints those of any file"
                )
            }
            if let high = pending {
                bytes.append(high << 4 | digit)
                pending = nil
            } else {
                pending = digit
            }
        }
        guard pending == nil else { throw InputError("the number of hex digits is odd, expected two for each byte") }
        guard !bytes.isEmpty else { throw InputError("there are no hex digits to inspect, expected at least eight") }
        return bytes
    }

    private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case 0x30...0x39: character - 0x30
        case 0x41...0x46: character - 0x41 + 10
        case 0x61...0x66: character - 0x61 + 10
        default: nil
        }
    }
}
