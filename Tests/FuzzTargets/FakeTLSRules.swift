import MTProto
import MTProtoCrypto
import TelegramTesting

/// What fake TLS promises: nobody without the secret gets through, and records carry every stream.
enum FakeTLSRules {
    private static let time = TimeReading(wall: .seconds(1_700_000_000), monotonic: .seconds(5_000))
    private static let secret = FuzzSecrets.all[2]
    /// Where a client's greeting tells its time, which may differ a little.
    private static let timeRange = FakeTLSProof.range.upperBound - 4..<FakeTLSProof.range.upperBound

    private static func makeClient() -> FakeTLSClient {
        FakeTLSClient(secret: secret, random: ReplayedRandom(seed: 5), time: time)
    }

    private static func makeServer() -> FakeTLSServer {
        FakeTLSServer(secrets: FuzzSecrets.all, random: ReplayedRandom(seed: 6), time: time)
    }

    /// Both sides' greetings when all goes well; made once.
    static let greetings: (client: [UInt8], server: [UInt8]) = {
        var client = makeClient()
        let hello = client.start()
        var server = makeServer()
        var queue = ByteQueue(hello)
        guard case .finished(let answer)? = try? server.received(&queue) else { return (hello, []) }
        return (hello, answer)
    }()

    static func clientViolation(by reader: inout InputReader, isChange: Bool, cutBy size: Int) -> String? {
        let honest = greetings.server
        if honest.isEmpty { return "the server greets back" }
        let input = isChange ? reader.changed(honest) : reader.remainder()
        if let problem = ProxyDialogueRules.violation(by: input, cutBy: size, make: { .client(makeClient()) }) {
            return problem
        }
        let outcome = DialogueOutcome(of: input, cutBy: size, .client(makeClient()))
        let isHonest = input.starts(with: honest)
        if isHonest != (outcome.consumed != nil) { return "a client accepts the answer to its greeting and no other" }
        return isHonest && outcome.consumed != honest.count ? "what follows the greeting stays" : nil
    }

    static func serverViolation(by reader: inout InputReader, isChange: Bool, cutBy size: Int) -> String? {
        let honest = greetings.client
        let input = isChange ? reader.changed(honest) : reader.remainder()
        if let problem = ProxyDialogueRules.violation(by: input, cutBy: size, make: { .client(makeServer()) }) {
            return problem
        }
        let outcome = DialogueOutcome(of: input, cutBy: size, .client(makeServer()))
        if input.starts(with: honest), outcome.consumed != honest.count { return "a server accepts a greeting" }
        guard let consumed = outcome.consumed else { return nil }
        var accepted = Array(input.prefix(consumed))
        guard consumed == honest.count else { return "a server accepts a greeting with the secret's proof only" }
        accepted.replaceSubrange(timeRange, with: honest[timeRange])
        return accepted == honest ? nil : "a server accepts a greeting with the secret's proof only"
    }

    // MARK: - Records

    static func recordViolation(by input: [UInt8], cutBy size: Int) -> String? {
        for side in [TransportSide.client, .server] {
            let whole = unwrapped(input, cutBy: 0, side: side)
            let cut = unwrapped(input, cutBy: size, side: side)
            if whole.bytes != cut.bytes || whole.failure != cut.failure { return "cutting records changes nothing" }
            if whole.bytes.count > input.count { return "records carry no more than they are" }
            let other: TransportSide = side == .client ? .server : .client
            var layer = TLSRecordLayer(side: other)
            let again = unwrapped(layer.wrap(input) + layer.wrap(input), cutBy: size, side: side)
            if again.bytes != input + input { return "records carry every stream" }
        }
        return nil
    }

    private static func unwrapped(
        _ input: [UInt8],
        cutBy size: Int,
        side: TransportSide
    ) -> (bytes: [UInt8], failure: MTProtoError.Code?) {
        var layer = TLSRecordLayer(side: side)
        var (waiting, output) = (ByteQueue(), ByteQueue())
        for piece in input.pieces(of: size) {
            waiting.append(piece)
            do throws(MTProtoError) {
                try layer.unwrap(&waiting, into: &output)
            } catch {
                return (output.prefix(output.count), error.code)
            }
        }
        return (output.prefix(output.count), nil)
    }
}
