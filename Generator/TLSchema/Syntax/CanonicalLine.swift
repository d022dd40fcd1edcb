/// The form of a declaration whose CRC32 is its number, as Telegram computes it.
///
/// The number and the final `;` are dropped, so are braces, parentheses and fields of type `flags.N?true`; `<` is a
/// space and `>` is nothing; a field of type `bytes` counts as `string`, but `Vector<bytes>` stays what it is; there is
/// one space between two words.
public enum CanonicalLine {
    /// The canonical line of a declaration, without regard to the number that is written in it.
    public static func text(of declaration: DeclarationSyntax) -> String {
        var line = ""
        // Enough for most declarations of Telegram's schema.
        line.reserveCapacity(256)
        append(declaration.name, to: &line)
        if let body = declaration.builtInBody, !body.isEmpty {
            line += " "
            line += body.filter { $0 != "{" && $0 != "}" }
        }
        for parameter in declaration.typeParameters {
            line += " "
            line += parameter.name
            line += ":Type"
        }
        for field in declaration.fields where !field.isPresence {
            line += " "
            line += field.name
            line += ":"
            if let bit = field.condition?.bit {
                line += bit.word
                line += "."
                line += String(bit.bit)
                line += "?"
            }
            if field.type.form == .name(QualifiedName(namespace: nil, name: "bytes")) {
                line += "string"
            } else {
                append(field.type, to: &line)
            }
        }
        line += " = "
        append(declaration.result, to: &line)
        return line
    }

    /// The CRC32 of a line's UTF-8 bytes (IEEE 802.3, as zlib and PNG use it).
    public static func number(of line: String) -> UInt32 {
        var line = line
        return line.withUTF8 { number(of: $0) }
    }

    /// The CRC32 of bytes.
    public static func number(of bytes: some Sequence<UInt8>) -> UInt32 {
        var remainder: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            remainder = remainder >> 8 ^ table[Int(UInt8(truncatingIfNeeded: remainder) ^ byte)]
        }
        return ~remainder
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in
            value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
        }
    }

    private static func append(_ name: QualifiedName, to line: inout String) {
        if let namespace = name.namespace {
            line += namespace
            line += "."
        }
        line += name.name
    }

    private static func append(_ type: TypeSyntax, to line: inout String) {
        switch type.form {
        case .name(let name): append(name, to: &line)
        case .bare(let type):
            line += "%"
            append(type, to: &line)
        case .applied(let name, let argument):
            append(name, to: &line)
            line += " "
            append(argument, to: &line)
        case .query(let name):
            line += "!"
            line += name
        case .flagsWord: line += "#"
        }
    }
}
