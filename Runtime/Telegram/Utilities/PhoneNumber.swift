/// A phone number in international form.
///
/// ```swift
/// PhoneNumber("+34 600 11-22")?.digits         // "346001122"
/// ```
public struct PhoneNumber: Sendable, Hashable {
    /// The digits, with those of the country first, and nothing else.
    public let digits: String

    /// Reads a number with or without `+`; spaces, hyphens and parentheses are left out. `nil` when there is no digit,
    /// or anything else than digits.
    public init?(_ text: String) {
        var digits = ""
        for character in text.unicodeScalars {
            switch character {
            case "0"..."9": digits.unicodeScalars.append(character)
            case "+", "-", "(", ")": continue
            default: guard character.properties.isWhitespace else { return nil }
            }
        }
        guard !digits.isEmpty else { return nil }
        self.digits = digits
    }

    /// Takes a number that somebody has written as one; `nil` for those below 1.
    public init?(_ number: some BinaryInteger) {
        guard number > 0 else { return nil }
        digits = String(number)
    }
}

extension PhoneNumber: CustomStringConvertible {
    /// How long the number is, but not the number, which is nobody else's business and has no place in a log.
    public var description: String { "phone number of \(digits.utf8.count) digits" }
}
