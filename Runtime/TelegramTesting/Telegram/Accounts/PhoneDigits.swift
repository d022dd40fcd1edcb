/// The digits of a phone number as clients write it; `nil` when it cannot be one. Fifteen digits are the most that
/// international numbers have.
func phoneDigits(_ text: String) -> String? {
    let rest = text.filter { !" +()-".contains($0) }
    guard (5...15).contains(rest.count), rest.allSatisfy({ $0.isASCII && $0.isNumber }), rest.first != "0" else {
        return nil
    }
    return rest
}
