/// A name in single quotes as error messages show it: control characters escaped, at most 80 characters.
func quoted(_ name: some StringProtocol) -> String {
    var text = "'"
    for (index, scalar) in name.unicodeScalars.enumerated() {
        guard index < 80 else {
            text += "..."
            break
        }
        text += scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
    }
    return text + "'"
}

/// The text of bytes, or `nil` if they are not UTF-8. Tables are ASCII nearly everywhere, which is quick to see.
func validText(_ bytes: ArraySlice<UInt8>) -> String? {
    if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    return String(validating: bytes, as: UTF8.self)
}

/// Text as a JSON string, quotes included. Everything but quotes, backslashes and control characters stays as it is.
func jsonString(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": json += "\\\""
        case "\\": json += "\\\\"
        case "\n": json += "\\n"
        case "\r": json += "\\r"
        case "\t": json += "\\t"
        case "\u{0}"..<" ": json += "\\u00" + hexByte(UInt8(scalar.value)).dropFirst(2)
        default: json.unicodeScalars.append(scalar)
        }
    }
    return json + "\""
}

/// Text as a field of a CSV file: in quotes only where RFC 4180 asks for them.
func csvField(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else { return text }
    var field = "\""
    for scalar in text.unicodeScalars {
        if scalar == "\"" { field += "\"" }
        field.unicodeScalars.append(scalar)
    }
    return field + "\""
}

/// Whether the text is made of ASCII letters, digits and underscores, and does not start with a digit.
func isIdentifier(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
    return text.utf8.allSatisfy(isWordByte)
}

/// Whether the text is a Swift name in lower camel case: an identifier that starts with a small letter, no underscore.
func isLowerCamelCase(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
    return text.utf8.allSatisfy { isWordByte($0) && $0 != UInt8(ascii: "_") }
}

/// The same that starts with a capital letter, as the name of a type.
func isUpperCamelCase(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else { return false }
    return text.utf8.allSatisfy { isWordByte($0) && $0 != UInt8(ascii: "_") }
}

/// The name that a table gives, if it is an identifier, or two with a dot between them.
func qualifiedName(_ text: String) -> QualifiedName? {
    guard let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")) else {
        return isIdentifier(text) ? QualifiedName(namespace: nil, name: text) : nil
    }
    let namespace = text[..<dot]
    let name = text[text.utf8.index(after: dot)...]
    guard isIdentifier(namespace), isIdentifier(name) else { return nil }
    return QualifiedName(namespace: String(namespace), name: String(name))
}
