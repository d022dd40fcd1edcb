/// Prints values as indented lines for people.
///
/// ```
/// messages.readHistory#0e306d3a
///   peer: inputPeerUser#dde8a54c
///     user_id: 1
///     access_hash: 2
///   max_id: 3
/// ```
public struct TLValuePrinter: Sendable {
    /// Of longer `bytes` only so many are shown, and how many there are.
    public var maximumBytes: Int

    /// Creates a printer.
    public init(maximumBytes: Int = 32) {
        self.maximumBytes = maximumBytes
    }

    /// The lines of a value, each ended by a line feed.
    ///
    /// Absent fields are left out. Strings are quoted; what would disturb a terminal is escaped.
    public func text(of value: TLValue) -> String {
        var text = ""
        append(value, indentation: 0, to: &text)
        return text
    }

    /// Writes the rest of the current line and the lines below it.
    private func append(_ value: TLValue, indentation: Int, to text: inout String) {
        switch value {
        case .int(let number): text += "\(number)\n"
        case .long(let number): text += "\(number)\n"
        case .double(let number): text += "\(number)\n"
        case .int128(let content), .int256(let content): text += hex(content[...]) + "\n"
        case .string(let content): text += string(content) + "\n"
        case .bytes(let content): text += bytes(content) + "\n"
        case .bool(let value): text += "\(value)\n"
        case .flags(let word): text += flags(word) + "\n"
        case .present: text += "true\n"
        case .vector(let elements, _):
            text += "vector of \(elements.count)\n"
            for element in elements {
                text += indent(indentation + 1) + "- "
                append(element, indentation: indentation + 1, to: &text)
            }
        case .object(let object):
            text += "\(object.combinator.name)#\(object.combinator.numberText)\n"
            for (field, value) in zip(object.combinator.fields, object.values) {
                guard let value else { continue }
                text += indent(indentation + 1) + "\(field.name): "
                append(value, indentation: indentation + 1, to: &text)
            }
        }
    }

    private func flags(_ word: UInt32) -> String {
        let bits = (0..<32).filter { word >> UInt32($0) & 1 == 1 }.map(String.init)
        guard !bits.isEmpty else { return "0x00000000" }
        return "0x\(hexNumber(word)) (\(bits.count == 1 ? "bit" : "bits") \(bits.joined(separator: ", ")))"
    }

    private func bytes(_ content: [UInt8]) -> String {
        guard !content.isEmpty else { return "0 bytes" }
        let count = content.count == 1 ? "1 byte" : "\(content.count) bytes"
        guard content.count > maximumBytes else { return "\(hex(content[...])) (\(count))" }
        return "\(hex(content.prefix(maximumBytes)))... (\(count))"
    }

    private func string(_ content: [UInt8]) -> String {
        guard let text = String(validating: content, as: UTF8.self) else {
            return "not UTF-8: " + bytes(content)
        }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where Self.isInvisible(scalar): quoted += "\\u{\(String(scalar.value, radix: 16))}"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// Characters that move the cursor, change colours, or turn the direction of text around.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
        switch scalar.properties.generalCategory {
        // The joiner and variation selectors that emoji are made of stay.
        case .control, .lineSeparator, .paragraphSeparator: return true
        case .format: return scalar.value != 0x200D
        default: return false
        }
    }

    private func hex(_ content: ArraySlice<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in content {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func indent(_ level: Int) -> String {
        String(repeating: "  ", count: level)
    }
}
