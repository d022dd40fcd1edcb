import MTProto
import MTProtoCrypto
import TelegramTesting

/// What both sides of the dialogues with proxies promise, and what reads descriptions of proxies.
///
/// The first byte picks the reader, the second how the rest is cut.
public enum ProxyDialogueRules {
    private static let time = TimeReading(wall: .seconds(1_700_000_000), monotonic: .seconds(5_000))
    private static let destination = Endpoint(host: "149.154.167.51", port: 443)
    private static let name = Endpoint(host: "proxy.example.org", port: 8_443)
    private static let credentials = ProxyCredentials(username: "user", password: "word")
    static let fakeTLSSecret = FuzzSecrets.all[2]

    /// The rule that an input breaks; `nil` when all hold.
    public static func violation(by input: [UInt8]) -> String? {
        var reader = InputReader(input)
        let choice = reader.byte()
        let size = reader.byte()
        switch choice % 18 {
        case 0: return client({ try? .socks5(host: "p", port: 1) }, destination, reader.remainder(), size)
        case 1:
            return client(
                { try? .socks5(host: "p", port: 1, username: "user", password: "word") },
                name,
                reader.remainder(),
                size
            )
        case 2: return client({ try? .socks4(host: "p", port: 1, userID: "user") }, name, reader.remainder(), size)
        case 3: return client({ try? .httpConnect(host: "p", port: 1) }, name, reader.remainder(), size)
        case 4:
            return client(
                { try? .httpConnect(host: "p", port: 1, username: "user", password: "word") },
                destination,
                reader.remainder(),
                size
            )
        case 5: return server({ SOCKS5Server() }, reader.remainder(), size)
        case 6: return server({ SOCKS5Server(credentials: credentials) }, reader.remainder(), size)
        case 7: return server({ SOCKS4Server(userID: "user") }, reader.remainder(), size)
        case 8: return server({ SOCKS4Server() }, reader.remainder(), size)
        case 9: return server({ HTTPConnectServer(credentials: credentials) }, reader.remainder(), size)
        case 10: return server({ HTTPConnectServer() }, reader.remainder(), size)
        case 11: return FakeTLSRules.clientViolation(by: &reader, isChange: false, cutBy: size)
        case 12: return FakeTLSRules.clientViolation(by: &reader, isChange: true, cutBy: size)
        case 13: return FakeTLSRules.serverViolation(by: &reader, isChange: false, cutBy: size)
        case 14: return FakeTLSRules.serverViolation(by: &reader, isChange: true, cutBy: size)
        case 15: return FakeTLSRules.recordViolation(by: reader.remainder(), cutBy: size)
        case 16: return ProxyTextRules.secretViolation(by: reader.remainder())
        default: return ProxyTextRules.linkViolation(by: reader.remainder())
        }
    }

    // MARK: - Dialogues

    private static func client(
        _ proxy: () -> ProxyConfiguration?,
        _ destination: Endpoint,
        _ input: [UInt8],
        _ size: Int
    ) -> String? {
        guard let proxy = proxy(), let handshake = try? ProxyHandshake.make(for: proxy, destination: destination) else {
            return "a dialogue with a proxy can be made"
        }
        return violation(by: input, cutBy: size) { .client(handshake) }
    }

    private static func server(_ make: () -> any ProxyServerHandshake, _ input: [UInt8], _ size: Int) -> String? {
        let handshake = make()
        return violation(by: input, cutBy: size) { .server(handshake) }
    }

    static func violation(by input: [UInt8], cutBy size: Int, make: () -> DialogueOutcome.Side) -> String? {
        let whole = DialogueOutcome(of: input, cutBy: 0, make())
        let cut = DialogueOutcome(of: input, cutBy: size, make())
        if let problem = whole.problem ?? cut.problem { return problem }
        return whole == cut ? nil : "cutting a dialogue changes nothing: \(whole), \(cut)"
    }
}

/// How a dialogue went.
struct DialogueOutcome: Equatable {
    enum Side {
        case client(any StreamHandshake)
        case server(any ProxyServerHandshake)
    }

    private(set) var output: [UInt8] = []
    /// How many bytes the dialogue has taken, once it is over.
    private(set) var consumed: Int?
    private(set) var target: Endpoint?
    private(set) var isRefused = false
    private(set) var failure: MTProtoError.Code?
    private(set) var problem: String?

    init(of input: [UInt8], cutBy size: Int, _ side: Side) {
        var side = side
        var queue = ByteQueue()
        var added = 0
        if case .client(var handshake) = side {
            _ = handshake.start()
            side = .client(handshake)
        }
        for piece in input.pieces(of: size) {
            queue.append(piece)
            added += piece.count
            do throws(MTProtoError) {
                if try step(&side, &queue) {
                    consumed = added - queue.count
                    return
                }
            } catch {
                failure = error.code
                problem = ErrorRules.violation(by: error)
                return
            }
            // More than this is a matter of the one who drives the dialogue.
            if queue.count > 65_536 { return }
            if output.count > 65_536 {
                problem = "a dialogue sends little"
                return
            }
        }
    }

    /// Goes as far as the bytes allow; `true` at the end.
    private mutating func step(_ side: inout Side, _ queue: inout ByteQueue) throws(MTProtoError) -> Bool {
        while true {
            switch side {
            case .client(var handshake):
                defer { side = .client(handshake) }
                switch try handshake.received(&queue) {
                case .needsMore: return false
                case .send(let bytes): output += bytes
                case .finished(let bytes):
                    output += bytes
                    return true
                }
            case .server(var handshake):
                defer { side = .server(handshake) }
                switch try handshake.received(&queue) {
                case .needsMore: return false
                case .send(let bytes): output += bytes
                case .connect(let endpoint):
                    target = endpoint
                    if (try? ProxyTarget(endpoint.host)) == nil { problem = "a proxy connects to a place with a name" }
                    output += handshake.accepted() + handshake.unreachable()
                    return true
                case .refuse(let bytes):
                    output += bytes
                    isRefused = true
                    return true
                }
            }
        }
    }
}
