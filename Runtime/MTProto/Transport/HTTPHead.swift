/// Start line and fields of an HTTP message.
///
/// The grammar is that of RFC 9112, without what it calls obsolete: whatever two readers could understand in two ways
/// is refused.
package struct HTTPHead: Sendable, Equatable {
    /// The request line or the status line.
    package let startLine: String
    /// Names in lower case, values without surrounding blanks, in the order they came.
    package let fields: [Field]

    package struct Field: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    /// Reads everything up to the empty line, which is not part of `bytes`.
    package init(_ bytes: [UInt8]) throws(MTProtoError) {
        var lines = try Self.lines(of: bytes)[...]
        startLine = String(decoding: lines.popFirst() ?? [], as: UTF8.self)
        var fields: [Field] = []
        for line in lines { fields.append(try Self.field(line)) }
        self.fields = fields
    }

    /// The number in `HTTP/1.1 200 OK`, or `nil` when the start line is not a status line.
    package var status: Int? {
        let parts = startLine.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0] == "HTTP/1.1" || parts[0] == "HTTP/1.0", parts[1].utf8.count == 3,
            parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(parts[1])
    }

    /// The values of a field; names are compared in lower case.
    package func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// The announced length of the content, or `nil` when none is announced.
    package func contentLength() throws(MTProtoError) -> Int? {
        let codings = values("transfer-encoding")
        guard codings.isEmpty else {
            throw Self.malformed("content in transfer coding '\(Self.shown(codings[0]))' is not supported over HTTP")
        }
        let values = Set(values("content-length"))
        guard let value = values.first else { return nil }
        let isNumber = (1...18).contains(value.utf8.count) && value.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard values.count == 1, isNumber, let length = Int(value) else {
            throw Self.malformed(
                "an HTTP message has the content length '\(Self.shown(value))', which is not one number"
            )
        }
        return length
    }

    private static func lines(of bytes: [UInt8]) throws(MTProtoError) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x0d, index + 1 < bytes.count, bytes[index + 1] == 0x0a {
                lines.append(bytes[start..<index])
                index += 2
                start = index
                continue
            }
            guard byte >= 0x20 && byte != 0x7f || byte == 0x09 else {
                throw malformed("the head of an HTTP message contains the control character \(byte)")
            }
            index += 1
        }
        lines.append(bytes[start...])
        return lines
    }

    private static func field(_ line: ArraySlice<UInt8>) throws(MTProtoError) -> Field {
        guard let colon = line.firstIndex(of: 0x3a), colon > line.startIndex,
            line[..<colon].allSatisfy(isTokenCharacter)
        else {
            throw malformed(
                "an HTTP message has the field '\(shown(String(decoding: line, as: UTF8.self)))' without a name"
            )
        }
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let value = line[(colon + 1)...].drop(while: isBlank)
        let end = value.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? value.startIndex
        return Field(
            name: String(decoding: line[..<colon], as: UTF8.self).lowercased(),
            value: String(decoding: value[..<end], as: UTF8.self)
        )
    }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// A short form of what the peer wrote, for messages.
    package static func shown(_ text: String) -> String { text.count > 60 ? text.prefix(60) + "..." : text }

    package static func malformed(_ message: String) -> MTProtoError { MTProtoError(.malformedTransport, message) }
}

/// Finds the end of a head without looking at a byte twice, however it is cut.
package struct HTTPHeadReader: Sendable {
    private let limit: Int
    /// How many waiting bytes have been searched.
    private var searched = 0

    package init(limit: Int) { self.limit = limit }

    /// Takes a whole head with its empty line; `nil` while it is incomplete.
    package mutating func next(from input: inout ByteQueue) throws(MTProtoError) -> HTTPHead? {
        while let end = input.firstOffset(of: 0x0a, from: searched) {
            searched = end + 1
            guard end < limit else { break }
            let isEmptyLine = end >= 3 && input[end - 1] == 0x0d && input[end - 2] == 0x0a && input[end - 3] == 0x0d
            guard isEmptyLine else { continue }
            searched = 0
            let head = try HTTPHead(input.prefix(end - 3))
            input.discard(end + 1)
            return head
        }
        guard input.count < limit else {
            throw HTTPHead.malformed("the head of an HTTP message is longer than \(limit) bytes")
        }
        searched = input.count
        return nil
    }
}
