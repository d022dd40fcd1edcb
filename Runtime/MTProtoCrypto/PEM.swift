import CMTProtoOpenSSL

/// The text form of keys (RFC 7468): base64 between a line that begins and one that ends.
struct PEM {
    let label: String
    let content: [UInt8]

    init(label: String, content: [UInt8]) {
        self.label = label
        self.content = content
    }

    /// The first block of the text. Text around it is allowed, and so are line ends of all kinds.
    init(_ text: String) throws(CryptoError) {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmed }
        guard let start = lines.firstIndex(where: { Self.label($0) != nil }), let label = Self.label(lines[start])
        else {
            throw CryptoError(.malformedKey, "the text holds no PEM block, which starts with '-----BEGIN'")
        }
        let body = lines[(start + 1)...]
        guard let end = body.firstIndex(of: "-----END \(label)-----") else {
            throw CryptoError(.malformedKey, "the PEM block '\(label)' does not end with '-----END \(label)-----'")
        }
        guard let content = Self.decode(body[..<end].joined()) else {
            throw CryptoError(.malformedKey, "the PEM block '\(label)' is not valid base64")
        }
        self.init(label: label, content: content)
    }

    var text: String {
        let encoded = Self.encode(content)
        let lines = stride(from: 0, to: encoded.count, by: 64).map { start in
            String(decoding: encoded[start..<min(start + 64, encoded.count)], as: UTF8.self)
        }
        return (["\(Self.begin)\(label)-----"] + lines + ["-----END \(label)-----", ""]).joined(separator: "\n")
    }

    private static let begin = "-----BEGIN "
    private static let dashes = "-----"

    private static let maximumLabelCount = 64

    /// What stands in a line that begins a block. Labels become part of messages, so they are short and printable, as
    /// all that exist are.
    private static func label(_ line: Substring) -> String? {
        guard line.hasPrefix(begin), line.hasSuffix(dashes) else { return nil }
        let label = line.dropFirst(begin.count).dropLast(dashes.count)
        let isPrintable = label.utf8.allSatisfy { (0x20...0x7e).contains($0) }
        return isPrintable && label.utf8.count <= maximumLabelCount ? String(label) : nil
    }

    private static func encode(_ bytes: [UInt8]) -> [UInt8] {
        // OpenSSL adds a zero byte at the end.
        var output = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
        EVP_EncodeBlock(&output, bytes, Int32(bytes.count))
        return output.dropLast()
    }

    private static func decode(_ text: String) -> [UInt8]? {
        let input = Array(text.utf8)
        let padding = input.suffix(2).count { $0 == UInt8(ascii: "=") }
        guard !input.isEmpty, input.count.isMultiple(of: 4), input.count <= 1 << 20 else { return nil }
        var output = [UInt8](repeating: 0, count: input.count / 4 * 3)
        guard EVP_DecodeBlock(&output, input, Int32(input.count)) == output.count else { return nil }
        return output.dropLast(padding)
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var rest = drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
