import MTProto
import MTProtoCrypto
import TelegramTesting

/// Inputs that fuzzing of the runtime starts from: what honest peers say, and scripts in which all goes well.
public enum RuntimeSeeds {
    /// The inputs of each target.
    public static var all: [(target: String, seeds: [[UInt8]])] {
        [
            ("fuzz-transport", TransportSeeds.all), ("fuzz-proxy", ProxySeeds.all),
            ("fuzz-key-exchange", KeyExchangeSeeds.all),
            ("fuzz-session", SessionSeeds.session), ("fuzz-server-session", SessionSeeds.serverSession),
            ("fuzz-crypto", CryptoSeeds.all),
        ]
    }
}

enum TransportSeeds {
    private static let random = ReplayedRandom(seed: 60)

    static var all: [[UInt8]] {
        var seeds: [[UInt8]] = []
        for (index, kind) in TransportKind.all.enumerated() {
            let number = UInt8(index)
            for size: UInt8 in [0, 3] {
                // To the client, to the server, and in both directions; limits of 4,096 bytes.
                seeds.append([128 | number, size] + stream(kind.framing, for: .client))
                seeds.append([128 | 16 | number, size] + stream(kind.framing, for: .server))
                seeds.append([128 | 48 | number, size] + conversation)
            }
            seeds.append([128 | 32, 0] + kind.framing.marker + stream(kind.framing, for: .server))
        }
        seeds.append([128 | 40, 0] + FakeTLSRules.greetings.client)
        return seeds
    }

    private static let conversation: [UInt8] =
        [1] + [UInt8](repeating: 3, count: 40) + [130] + [UInt8](repeating: 4, count: 56)

    private static func stream(_ framing: TransportKind.Framing, for side: TransportSide) -> [UInt8] {
        let packets = [24, 40, 1_032].map {
            OutgoingPacket(bytes: [UInt8](repeating: 7, count: $0), quickAckToken: 0x8000_0001)
        }
        let unencrypted = OutgoingPacket(
            bytes: UnencryptedMessage.packet(body: [1, 2, 3, 4], id: MessageID(1_700_000_000 << 32))
        )
        var output: [UInt8] = []
        guard var codec = framing.codec(for: side, limits: PacketLimits(), random: random) else {
            return httpStream(packets + [unencrypted], for: side)
        }
        for packet in packets + [unencrypted] {
            // A client's wish would be a note when it comes to a client.
            codec.frame(OutgoingPacket(bytes: packet.bytes, quickAckToken: side == .server ? 1 : nil), into: &output)
        }
        if side == .client {
            codec.frameQuickAck(0x8000_0001, into: &output)
            codec.frameError(404, into: &output)
        }
        return output
    }

    private static func httpStream(_ packets: [OutgoingPacket], for side: TransportSide) -> [UInt8] {
        var output: [UInt8] = []
        for packet in packets.prefix(3) {
            let start = side == .server ? "POST /api HTTP/1.1" : "HTTP/1.1 200 OK"
            output += Array("\(start)\r\nConnection: keep-alive\r\nContent-Length: \(packet.bytes.count)\r\n\r\n".utf8)
            output += packet.bytes
        }
        return side == .server ? output : output + Array("HTTP/1.1 404 Error\r\nContent-Length: 0\r\n\r\n".utf8)
    }
}

enum ProxySeeds {
    static var all: [[UInt8]] {
        var seeds: [[UInt8]] = []
        for (choice, bytes) in dialogues { seeds += [[choice, 0] + bytes, [choice, 1] + bytes + [1, 2, 3]] }
        for choice: UInt8 in [12, 14] { seeds += [[choice, 0], [choice, 5, 0, 0, 20, 1]] }
        seeds += [[11, 0] + FakeTLSRules.greetings.server, [13, 0] + FakeTLSRules.greetings.client]
        var layer = TLSRecordLayer(side: .client)
        seeds.append([15, 2] + layer.wrap([UInt8](repeating: 9, count: 3_000)))
        let secrets =
            FuzzSecrets.all.map(\.text) + ["7gAAAAAAAAAAAAAAAAAAAABleGFtcGxlLm9yZw", "AAAAAAAAAAAAAAAAAAAAAA=="]
        seeds += secrets.map { [16, 0] + Array($0.utf8) }
        seeds += links.map { [17, 0] + Array($0.utf8) }
        return seeds
    }

    private static let dialogues: [(UInt8, [UInt8])] = [
        (0, [5, 0, 5, 0, 0, 1, 127, 0, 0, 1, 4, 56]), (0, [5, 0, 5, 0, 0, 3, 2, 97, 98, 4, 56]), (0, [5, 0, 5, 5]),
        (1, [5, 2, 1, 0, 5, 0, 0, 4] + [UInt8](repeating: 1, count: 18)), (1, [5, 2, 1, 1]),
        (2, [0, 90, 0, 0, 0, 0, 0, 0]),
        (3, Array("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\n".utf8)),
        (4, Array("HTTP/1.0 407 No\r\n\r\n".utf8)),
        (5, [5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, 1, 187]), (5, [5, 2, 0, 2, 5, 1, 0, 3, 2, 97, 98, 1, 187]),
        (
            6,
            [5, 2, 0, 2, 1, 4] + Array("user".utf8) + [4] + Array("word".utf8) + [5, 1, 0, 4]
                + [UInt8](repeating: 1, count: 18)
        ),
        (7, [4, 1, 1, 187, 0, 0, 0, 1] + Array("user".utf8) + [0] + Array("a.b".utf8) + [0]),
        (8, [4, 1, 1, 187, 127, 0, 0, 1, 0]),
        (9, Array("CONNECT a.b:443 HTTP/1.1\r\nProxy-Authorization: Basic dXNlcjp3b3Jk\r\n\r\n".utf8)),
        (10, Array("CONNECT [::1]:443 HTTP/1.1\r\nHost: a\r\n\r\n".utf8)),
    ]

    private static let links = [
        "tg://proxy?server=a.org&port=443&secret=\(FuzzSecrets.fakeTLS)",
        "https://t.me/socks?server=1.2.3.4&port=1&user=a&pass=b",
        "t.me/proxy?server=a&port=1&secret=AAAAAAAAAAAAAAAAAAAAAA%3D%3D#x", "tg:socks?server=::1&port=65535",
    ]
}

enum KeyExchangeSeeds {
    static var all: [[UInt8]] {
        guard let exchange = HonestExchange() else { return [] }
        var seeds: [[UInt8]] = []
        for stage in 0..<3 {
            seeds.append([UInt8(stage)] + exchange.answers[stage])
            seeds.append([UInt8(6 + stage)] + exchange.requests[stage])
            // Nothing changed, and one byte.
            for choice in [3 + stage, 9 + stage] { seeds += [[UInt8(choice)], [UInt8(choice), 0, 0, 5, 1]] }
        }
        seeds += [[12], [12, 0, 0, 36, 1], [13] + exchange.offer, [14], [14, 0, 0, 40, 1], [15], [15, 0, 0, 40, 1]]
        let packet = UnencryptedMessage.packet(body: exchange.requests[0], id: MessageID(1_700_000_000 << 32))
        seeds.append([16, 1, 0, 0, 0, 0, 0, 0, 0, 0, 4] + packet)
        return seeds + [[17], [18], [18, 0, 0, 40, 1], [19], [19, 0, 0, 80, 1]]
    }
}

enum SessionSeeds {
    /// Scripts: every kind of message after requests have left, and what happens around connections.
    static var session: [[UInt8]] {
        var seeds: [[UInt8]] = []
        for operation: UInt8 in 0..<24 {
            for options: UInt8 in [0, 2, 4, 64] {
                // Two requests leave, something comes, time passes, the connection is lost and found.
                let start: [UInt8] = [options, 0, 2, 0, 0, 8, 0, 2, 3, 1]
                let message: [UInt8] = [operation, 0, 4, 1, 2, 3, 4, 5, 6, 7]
                seeds.append(start + message + [2, 7, 4, 11, 9, 10, 2, 3, 1, 1, 0, 4, 9, 9, 9, 9, 2])
            }
        }
        // An answer in a container in its place, compressed, and once more.
        seeds.append([0, 0, 2, 0, 2, 3, 1, 4, 1, 10, 1, 0, 4, 1, 2, 3, 4, 1, 2, 6, 0])
        seeds.append([0, 0, 2, 0, 2, 3, 1, 3, 1, 0, 4, 1, 2, 3, 4, 2, 6, 0, 19, 19])
        seeds.append([0, 0, 2, 0, 2, 15, 0, 30, 1, 1, 1, 0, 4, 1, 2, 3, 4])
        seeds.append(
            [252, 0xdc, 0xf8, 0xf1, 0x73, 1, 0, 0, 0] + [UInt8](repeating: 1, count: 12) + [4, 0, 0, 0, 1, 2, 3, 4]
        )
        if let packed = MessageContent.compressed([UInt8](repeating: 1, count: 400)) { seeds.append([252] + packed) }
        seeds.append([254, 1] + [UInt8](repeating: 0, count: 28) + [4, 0, 0, 0] + [UInt8](repeating: 1, count: 16))
        return seeds
    }

    static var serverSession: [[UInt8]] {
        var seeds: [[UInt8]] = []
        for operation: UInt8 in 0..<24 {
            for options: UInt8 in [0, 15, 31] {
                let request: [UInt8] = [0, 2, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8]
                let message: [UInt8] = [0, 2, operation, 0, 4, 1, 2, 3, 4, 5, 6, 7]
                seeds.append(
                    [options] + request + [5] + message + [5, 9, 0, 4, 1, 1, 1, 1, 1, 5, 7, 6, 12, 5, 4, 0, 5]
                )
            }
        }
        // A request that is answered, whose answer is acknowledged, and that comes again.
        seeds.append([15, 0, 2, 0, 4, 1, 2, 3, 4, 9, 0, 4, 1, 1, 1, 1, 1, 5, 0, 0, 9, 1, 0, 5, 4, 0, 5, 12])
        return seeds
    }
}

enum CryptoSeeds {
    static var all: [[UInt8]] {
        guard let key = FuzzKeys.server else { return [] }
        var seeds = [[0] + Array(key.publicKey.pem.utf8), [2] + Array(FuzzKeys.privatePEM.utf8)]
        for (choice, pem) in [(UInt8(1), key.publicKey.pem), (3, FuzzKeys.privatePEM)] {
            let lines = pem.split(separator: "\n").filter { !$0.hasPrefix("-") }
            seeds.append([choice] + (Base64.decode(lines.joined()) ?? []))
        }
        let packed = Gzip.deflate([UInt8](repeating: 1, count: 900) + [1, 2, 3])
        seeds += [[4, 4, 0, 0] + packed, [4, 0, 9, 0] + packed, [5, 1, 2, 3]]
        seeds.append([6] + [0x17, 0xed, 0x48, 0x94, 0x1a, 0x08, 0xf9, 0x81])
        seeds += [
            [6, 0, 0, 0, 0, 0, 0, 0, 15], [7, 0, 0, 0, 3, 0, 0, 0, 9], [7, 255, 255, 255, 1, 255, 255, 255, 250],
        ]
        seeds += [[8, 5, 0, 1, 2], [8, 5, 0, 1, 2, 0, 0, 3, 1], [8, 5, 1, 4, 0, 0, 0, 2, 0, 23], [9, 1, 2, 3]]
        seeds.append([10, 1, 7] + [UInt8](repeating: 5, count: 70))
        return seeds + [[11] + [UInt8](repeating: 1, count: 32) + [UInt8](repeating: 0x80, count: 256)]
    }
}
