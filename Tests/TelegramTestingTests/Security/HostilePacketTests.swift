import MTProto
import MTProtoCrypto
import Testing

@testable import TelegramTesting

/// Somebody on the way has all packets of several sessions, and sends what can be made of them, to both sides.
///
/// `SessionMutationTests` does this to the client with packets of one session; here there are the packets of both
/// directions, of another session on the same key, and of one on another key.
struct HostilePacketTests {
    private static let packetsPerSeed = 25_000
    private static let requestCount = 60

    /// What an attacker has.
    private struct Loot {
        let target: RecordedSession
        let strangers: [RecordedSession]
        private let own: [[UInt8]]
        private let others: [[UInt8]]

        init(random: any RandomSource) throws {
            let keys = try (0..<2).map { _ in try #require(AuthKey(bytes: random.bytes(AuthKey.byteCount))) }
            func session(_ key: AuthKey) -> RecordedSession {
                RecordedSession(key: key, requestCount: HostilePacketTests.requestCount, random: random)
            }
            target = session(keys[0])
            strangers = [session(keys[0]), session(keys[1])]
            own = target.fromServer + target.fromClient
            others = strangers.flatMap { $0.fromServer + $0.fromClient }
        }

        /// A packet as it was, damaged, or made of two.
        func packet(random: any RandomSource) -> [UInt8] {
            let packet = own[random.number(below: own.count)]
            let other = random.number(below: 2) == 0 ? own : others
            let second = other[random.number(below: other.count)]
            switch random.number(below: 12) {
            case 0...2: return packet
            case 3: return others[random.number(below: others.count)]
            case 4: return flipped(packet, random)
            case 5: return Array(packet.dropLast(1 + random.number(below: packet.count)))
            case 6: return packet + random.bytes(1 + random.number(below: 64))
            case 7: return packet + second.dropFirst(Envelope.openByteCount)
            case 8:
                // Whole blocks of one behind whole blocks of the other.
                let cut = Envelope.openByteCount + 16 * random.number(below: packet.count / 16)
                return Array(packet.prefix(cut) + second.dropFirst(cut))
            case 9: return Array(packet.prefix(Envelope.openByteCount) + second.dropFirst(Envelope.openByteCount))
            case 10: return Array(packet.prefix(8) + second.dropFirst(8))
            default: return Array(packet.prefix(8)) + random.bytes(16 * random.number(below: 20))
            }
        }

        private func flipped(_ packet: [UInt8], _ random: any RandomSource) -> [UInt8] {
            var packet = packet
            for _ in 0...random.number(below: 3) {
                packet[random.number(below: packet.count)] ^= 1 << UInt8(random.number(below: 8))
            }
            return packet
        }
    }

    @Test(arguments: [1, 2] as [UInt64])
    func clientTakesEachHonestPacketOnceAndNothingElse(stream: UInt64) throws {
        let random = KeyExchangeRandom(stream &+ 4_000)
        let loot = try Loot(random: random)
        let honest = Set(loot.target.fromServer)
        var client = loot.target.client
        var answers: [RequestID: [UInt8]] = [:]
        var pushes: Set<[UInt8]> = []
        let salts = client.salts.map(\.value)
        for _ in 0..<Self.packetsPerSeed {
            var packet = loot.packet(random: random)
            let isHonest = honest.contains(packet)
            for event in client.received(&packet, at: RecordedSession.now) {
                switch event {
                case .dropped, .acknowledged: break
                case .answered(let id, let bytes):
                    #expect(answers.updateValue(Array(bytes), forKey: id) == nil, "answered twice; \(hint)")
                    #expect(isHonest, "an altered packet answered a request; \(hint)")
                case .pushed(let bytes):
                    #expect(pushes.insert(Array(bytes)).inserted, "delivered twice; \(hint)")
                    #expect(isHonest, "an altered packet was delivered; \(hint)")
                default: #expect(isHonest, "an altered packet caused \(event); \(hint)")
                }
            }
            let output = client.packets(at: RecordedSession.now)
            #expect(isHonest || output.isEmpty, "an altered packet was reacted to; \(hint)")
        }
        #expect(answers == loot.target.answers && answers.count == Self.requestCount)
        #expect(pushes == loot.target.pushes && !pushes.isEmpty)
        #expect(client.requestCount == 0 && Set(salts).isSubset(of: client.salts.map(\.value)))
    }

    @Test(arguments: [3, 4] as [UInt64])
    func serverExecutesEachRequestOnceAndNothingElse(stream: UInt64) throws {
        let random = KeyExchangeRandom(stream &+ 4_000)
        let loot = try Loot(random: random)
        let honest = Set(loot.target.fromClient)
        let foreign = Set(loot.strangers[0].fromClient)
        var (server, salts) = (loot.target.server, loot.target.salts)
        var executed: Set<MessageID> = []
        for _ in 0..<Self.packetsPerSeed {
            let packet = loot.packet(random: random)
            let isHonest = honest.contains(packet)
            var copy = packet
            let isOpened = (try? Envelope.open(&copy, key: loot.target.key, from: .client)) != nil
            #expect(isOpened == (isHonest || foreign.contains(packet)), "an altered packet was opened; \(hint)")
            for message in RecordedSession.messages(in: packet, key: loot.target.key, &server, &salts) {
                #expect(executed.insert(message.id).inserted, "executed twice; \(hint)")
                #expect(isHonest, "an altered packet was executed; \(hint)")
            }
        }
        #expect(executed.count == Self.requestCount)
    }

    private var hint: String { KeyExchangeRandom.hint }
}
