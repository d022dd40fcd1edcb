package import MTProto
package import MTProtoCrypto

/// An MTProxy's side of fake TLS: checks the proof in a client's greeting, and answers with its own.
///
/// What is wrong with a greeting is an error, on which a real proxy would pass the visitor on to the web site.
package struct FakeTLSServer: StreamHandshake {
    /// How far clocks may be apart unless told otherwise.
    package static let usualTolerance = Duration.seconds(600)

    private let secrets: [MTProxySecret]
    private let random: any RandomSource
    private let time: TimeReading
    private let tolerance: Duration
    private let seen: SeenGreetings?
    /// The secret that the client has proved to know, once it has.
    package private(set) var acceptedSecret: MTProxySecret?

    /// Accepts any of the secrets that are for fake TLS. Greetings are told apart from their repetitions only when the
    /// proxy's connections share a memory of them.
    package init(
        secrets: [MTProxySecret],
        random: any RandomSource,
        time: TimeReading,
        tolerance: Duration = usualTolerance,
        seen: SeenGreetings? = nil
    ) {
        self.secrets = secrets
        self.random = random
        self.time = time
        self.tolerance = tolerance
        self.seen = seen
    }

    package mutating func start() -> [UInt8] { [] }

    package mutating func received(_ input: inout ByteQueue) throws(MTProtoError) -> HandshakeProgress {
        // A client's first record is of version 3.1, for the sake of old machines on the way.
        guard
            let length = try TLSRecord.payloadLength(of: .handshake, minorVersion: 1, in: input, at: 0),
            let record = input.consume(TLSRecord.headerLength + length)
        else { return .needsMore }
        guard let hello = ParsedClientHello(record: record.dropFirst(TLSRecord.headerLength)) else {
            throw Self.refusal("it is not a TLS client's")
        }
        let secret = try secretProved(by: hello, record: record)
        if let seen, !seen.insert(hello.randomValue) { throw Self.refusal("it has come before") }
        acceptedSecret = secret
        return .finished(send: answer(to: hello, key: secret.key))
    }

    private func secretProved(
        by hello: ParsedClientHello,
        record: [UInt8]
    ) throws(MTProtoError) -> MTProxySecret {
        var zeroed = record
        zeroed.replaceSubrange(FakeTLSProof.range, with: [UInt8](repeating: 0, count: FakeTLSProof.range.count))
        for secret in secrets {
            guard case .fakeTLS(let domain) = secret.mode, domain == hello.serverName,
                let seconds = FakeTLSProof.time(key: secret.key, hello: zeroed, proof: hello.randomValue)
            else { continue }
            let difference = Duration.seconds(Int64(seconds)) - time.wall
            guard (.zero - tolerance...tolerance).contains(difference) else {
                throw Self.refusal("its time is \(difference.components.seconds) seconds from this machine's")
            }
            return secret
        }
        throw Self.refusal(
            "it proves knowledge of none of the \(secrets.count) secrets, for the domain that it asks for"
        )
    }

    /// A greeting, a change of cipher, and random bytes where the encrypted certificate would be.
    private func answer(to hello: ParsedClientHello, key: [UInt8]) -> [UInt8] {
        var writer = TLSMessageWriter()
        writer.write([TLSRecord.ContentType.handshake.rawValue, 3, 3])
        writer.writeVector { record in
            record.write([2])
            record.writeVector(lengthBytes: 3) { message in
                message.write(0x0303)
                message.write([UInt8](repeating: 0, count: FakeTLSProof.range.count))
                message.writeVector(lengthBytes: 1) { $0.write(hello.sessionID) }
                // AES-128 with SHA-256, without compression.
                message.write(0x1301)
                message.write([0])
                message.writeVector { extensions in
                    extensions.writeExtension(0x0033) { share in
                        share.write(0x001D)
                        share.writeVector { $0.write(TLSKeyShare.x25519(random: random)) }
                    }
                    extensions.writeExtension(0x002B) { $0.write(0x0304) }
                }
            }
        }
        let certificate = random.bytes(1_500 + random.number(below: 2_500))
        var answer = writer.bytes + TLSRecord.changeCipherSpec
        answer += TLSRecord.header(.applicationData, length: certificate.count) + certificate
        let proof = FakeTLSProof.server(key: key, clientProof: hello.randomValue, answer: answer)
        answer.replaceSubrange(FakeTLSProof.range, with: proof)
        return answer
    }

    private static func refusal(_ reason: String) -> MTProtoError {
        MTProtoError(.malformedTransport, "a greeting of fake TLS is refused: \(reason)")
    }
}
