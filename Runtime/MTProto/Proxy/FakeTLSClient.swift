package import MTProtoCrypto

/// Begins a connection with an MTProxy like one with a web server: sends a TLS greeting with a hidden proof, and checks
/// the proof in the answer. From then on ``TLSRecordLayer`` wraps the stream.
package struct FakeTLSClient: StreamHandshake {
    /// Type, length, version and random value of the server's greeting.
    private static let minimumHello = FakeTLSProof.range.upperBound - TLSRecord.headerLength

    private let secret: MTProxySecret
    private let random: any RandomSource
    private let time: TimeReading
    private var proof: [UInt8] = []

    /// The secret must be one with a domain. The proxy compares the wall clock with its own.
    package init(secret: MTProxySecret, random: any RandomSource, time: TimeReading) {
        self.secret = secret
        self.random = random
        self.time = time
    }

    package mutating func start() -> [UInt8] {
        guard case .fakeTLS(let domain) = secret.mode else {
            preconditionFailure("fake TLS needs a secret with a domain")
        }
        var hello = TLSClientHello.record(domain: domain, random: random)
        proof = FakeTLSProof.client(
            key: secret.key,
            hello: hello,
            unixTime: UInt32(truncatingIfNeeded: time.wall.components.seconds)
        )
        hello.replaceSubrange(FakeTLSProof.range, with: proof)
        return hello
    }

    package mutating func received(_ input: inout ByteQueue) throws(MTProtoError) -> HandshakeProgress {
        guard let length = try Self.answerLength(in: input), var answer = input.consume(length) else {
            return .needsMore
        }
        let found = Array(answer[FakeTLSProof.range])
        answer.replaceSubrange(FakeTLSProof.range, with: [UInt8](repeating: 0, count: found.count))
        guard constantTimeEquals(found, FakeTLSProof.server(key: secret.key, clientProof: proof, answer: answer)) else {
            throw MTProtoError(
                .proxyFailed,
                "the MTProxy's answer does not prove that it knows the secret: the secret is another one, or this "
                    + "machine's clock is so wrong that the proxy took the greeting for a visitor's"
            )
        }
        return .finished(send: [])
    }

    /// The length of the three records that make up the answer, or `nil` when they have not come completely. The last
    /// one looks like the encrypted rest of a server's greeting.
    private static func answerLength(in input: ByteQueue) throws(MTProtoError) -> Int? {
        var end = 0
        for type in [TLSRecord.ContentType.handshake, .changeCipherSpec, .applicationData] {
            guard let payload = try payloadLength(of: type, in: input, at: end) else { return nil }
            end += TLSRecord.headerLength + payload
            guard input.count >= end else { return nil }
        }
        return end
    }

    private static func payloadLength(
        of type: TLSRecord.ContentType,
        in input: ByteQueue,
        at offset: Int
    ) throws(MTProtoError) -> Int? {
        let length: Int?
        do throws(MTProtoError) {
            length = try TLSRecord.payloadLength(of: type, in: input, at: offset)
        } catch {
            throw MTProtoError(.proxyFailed, "the MTProxy does not greet back as in TLS: \(error.message)")
        }
        guard let length else { return nil }
        let isPossible =
            switch type {
            case .handshake: length >= minimumHello
            case .changeCipherSpec: length == 1
            case .alert, .applicationData: true
            }
        guard isPossible else {
            throw MTProtoError(
                .proxyFailed,
                "the MTProxy does not greet back as in TLS: its record of type \(type.rawValue) has \(length) bytes"
            )
        }
        return length
    }
}
