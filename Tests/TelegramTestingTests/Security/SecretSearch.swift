@testable import MTProto

/// Looks for bytes in a text, in all the forms in which programs print bytes.
struct SecretSearch {
    private static let windowLength = 8

    private let text: [UInt8]
    /// All that eight bytes in a row of the text can be: most of what is looked for is not among it.
    private let windows: Set<UInt64>

    init(_ text: String) {
        let bytes = Array(text.utf8) + [0x0a] + Array(text.lowercased().utf8)
        var windows: Set<UInt64> = []
        var window: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            window = window << 8 | UInt64(byte)
            if index >= Self.windowLength - 1 { windows.insert(window) }
        }
        self.text = bytes
        self.windows = windows
    }

    /// Whether a text is in it.
    func finds(_ needle: String) -> Bool { finds(Array(needle.utf8)) }

    /// The form in which at least eight bytes in a row of a secret are in the text; `nil` when none are.
    func form(of secret: [UInt8]) -> String? {
        precondition(secret.count >= 8, "fewer bytes would be found by chance")
        for start in 0...(secret.count - 8) {
            let part = Array(secret[start..<start + 8])
            if finds(part) { return "raw" }
            if let form = Self.forms(of: part).first(where: { finds($0.text) }) { return form.name }
            // Three bytes make four letters, so nine that start anywhere are twelve letters of the right alignment.
            if start + 9 <= secret.count, finds(Base64.encode(Array(secret[start..<start + 9]))) { return "base64" }
        }
        return nil
    }

    private static func forms(of part: [UInt8]) -> [(name: String, text: String)] {
        let digits = part.map { Hexadecimal.encode([$0]) }
        let number = UInt64(bitPattern: Int64(littleEndianBytes: part[...]))
        return [
            ("hex", digits.joined()),
            ("hex with spaces", digits.joined(separator: " ")),
            ("hex with prefixes", digits.joined(separator: ", 0x")),
            ("decimal list", part.map { String($0) }.joined(separator: ", ")),
            ("number", String(number)),
            ("signed number", String(Int64(bitPattern: number))),
            ("hex number", String(number, radix: 16)),
        ]
    }

    private func finds(_ needle: [UInt8]) -> Bool {
        let start = needle.prefix(Self.windowLength)
        guard start.count == Self.windowLength else { return contains(needle) }
        return windows.contains(start.reduce(0) { $0 << 8 | UInt64($1) }) && contains(needle)
    }

    private func contains(_ needle: [UInt8]) -> Bool {
        guard let first = needle.first, needle.count <= text.count else { return needle.isEmpty }
        return (0...text.count - needle.count).contains { start in
            text[start] == first && text[start..<start + needle.count].elementsEqual(needle)
        }
    }
}
