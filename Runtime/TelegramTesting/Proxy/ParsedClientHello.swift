/// A TLS client's greeting, taken apart as far as a server of fake TLS and tests of greetings look.
package struct ParsedClientHello: Sendable {
    package struct Extension: Sendable, Hashable {
        package let type: Int
        package let content: [UInt8]
    }

    package let randomValue: [UInt8]
    package let sessionID: [UInt8]
    package let cipherSuites: [Int]
    package let extensions: [Extension]

    /// Reads the content of a record; `nil` unless all lengths fit exactly.
    package init?(record: some Collection<UInt8>) {
        var message = TLSMessageReader(record)
        guard message.number(byteCount: 1) == 1, let body = message.vector(lengthBytes: 3), message.isAtEnd else {
            return nil
        }
        var hello = TLSMessageReader(body)
        guard hello.number(byteCount: 2) == 0x0303, let randomValue = hello.bytes(32),
            let sessionID = hello.vector(lengthBytes: 1), sessionID.count <= 32,
            let suites = hello.vector(), suites.count.isMultiple(of: 2), hello.vector(lengthBytes: 1) == [0],
            let list = hello.vector(), hello.isAtEnd
        else { return nil }
        self.randomValue = randomValue
        self.sessionID = sessionID
        cipherSuites = stride(from: 0, to: suites.count, by: 2).map { Int(suites[$0]) << 8 | Int(suites[$0 + 1]) }
        var reader = TLSMessageReader(list)
        var extensions: [Extension] = []
        while !reader.isAtEnd {
            guard let type = reader.number(byteCount: 2), let content = reader.vector() else { return nil }
            extensions.append(Extension(type: type, content: content))
        }
        self.extensions = extensions
    }

    /// The domain that the client wants to see.
    package var serverName: String? {
        guard let content = extensions.first(where: { $0.type == 0 })?.content else { return nil }
        var reader = TLSMessageReader(content)
        guard let list = reader.vector(), reader.isAtEnd else { return nil }
        var entry = TLSMessageReader(list)
        guard entry.number(byteCount: 1) == 0, let name = entry.vector(), entry.isAtEnd else { return nil }
        return String(decoding: name, as: UTF8.self)
    }
}
