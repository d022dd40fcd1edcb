import MTProtoCrypto
import Testing

@testable import MTProto

/// Packets that somebody on the way has changed.
struct SessionMutationTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func nothingThatWasAlteredOrRepeatedIsAccepted(seed: UInt64) throws {
        let random = SeededSessionRandom(seed: seed)
        var bench = try SessionBench.settled()
        var packets: [[UInt8]] = []
        for number in 0..<40 as Range<UInt32> {
            let id = bench.server.nextID(at: bench.serverTime)
            let body =
                number.isMultiple(of: 3)
                ? ServerBody.container([(id, 1, ServerBody.object(number))]) : ServerBody.object(number)
            let outer = number.isMultiple(of: 3) ? bench.server.nextID(at: bench.serverTime) : id
            packets.append(bench.server.seal(body, id: outer, sequenceNumber: 1))
        }
        var accepted: Set<UInt32> = []
        for round in 0..<25_000 {
            let index = random.number(below: packets.count)
            var packet = packets[index]
            let isIntact: Bool
            switch random.number(below: 6) {
            case 0:
                packet[random.number(below: packet.count)] ^= UInt8(1 + random.number(below: 255))
                isIntact = false
            case 1:
                packet.removeLast(1 + random.number(below: packet.count))
                isIntact = false
            case 2:
                packet += random.bytes(1 + random.number(below: 64))
                isIntact = false
            case 3:
                let other = packets[random.number(below: packets.count)]
                let cut = 16 * random.number(below: packet.count / 16) + 8
                let spliced = Array(packet.prefix(cut)) + Array(other.dropFirst(cut))
                isIntact = packets.contains(spliced)
                packet = spliced
            case 4:
                packet.swapAt(random.number(below: packet.count), random.number(below: packet.count))
                isIntact = packet == packets[index]
            default:
                // Rarely, so that the intact ones come late and in any order.
                isIntact = round.isMultiple(of: 50)
                if !isIntact { packet = random.bytes(random.number(below: 200)) }
            }
            for event in bench.deliver(packet: packet) {
                switch event {
                case .dropped: continue
                case .pushed(let body):
                    let number = try #require(body.integer(at: 4, as: UInt32.self))
                    #expect(isIntact, "an altered packet was accepted, seed \(seed), round \(round)")
                    #expect(
                        accepted.insert(number).inserted,
                        "a packet was accepted twice, seed \(seed), round \(round)"
                    )
                default: Issue.record("event \(event.gist), seed \(seed), round \(round)")
                }
            }
        }
        #expect(accepted.count == packets.count)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func hostileContentOfAServerMakesNoTrap(seed: UInt64) throws {
        // The server itself is hostile here: well encrypted, and nonsense inside.
        let random = SeededSessionRandom(seed: seed &+ 100)
        var bench = try SessionBench.settled { $0.maximumInflatedBytes = 10_000 }
        var lastRequest: UInt64 = 0
        for _ in 0..<5_000 {
            if random.number(below: 10) == 0 {
                lastRequest += 1
                bench.submit(lastRequest, after: random.number(below: 3) == 0 ? lastRequest - 1 : nil)
            }
            _ = try bench.flush()
            let ids = bench.sent.suffix(20).flatMap { [$0.id, $0.carrierID] } + [MessageID(random.integer())]
            var body = template(random, ids)
            for _ in 0..<random.number(below: 3) where !body.isEmpty {
                body[random.number(below: body.count)] = UInt8(random.number(below: 256))
            }
            body = Array(body.prefix(body.count - body.count % 4))
            switch random.number(below: 6) {
            case 0: bench.deliver(ServerBody.gzip(body))
            case 1:
                let inner = (0..<random.number(below: 4)).map { _ in
                    (
                        id: bench.server.nextID(at: bench.serverTime), sequenceNumber: random.integer(Int32.self),
                        body: body
                    )
                }
                bench.deliver(ServerBody.container(inner))
            case 2: bench.deliver(body, id: MessageID(random.integer(Int64.self) | 1))
            default: bench.deliver(body)
            }
            bench.advance(.milliseconds(random.number(below: 5_000)))
            if bench.fireDeadline().gists.contains(where: { $0.hasPrefix("reconnect") })
                || random.number(below: 50) == 0
            {
                bench.session.connectionLost()
                _ = bench.session.connectionRestored(at: bench.now)
            }
            #expect(bench.session.requests.footprint <= 4 * bench.session.requestCount + 100)
        }
    }

    /// A message that means something, before it is damaged.
    private func template(_ random: SeededSessionRandom, _ ids: [MessageID]) -> [UInt8] {
        let id = ids[random.number(below: ids.count)]
        let codes: [Int32] = [16, 17, 18, 19, 20, 32, 33, 34, 35, 48, 64, -1]
        switch random.number(below: 14) {
        case 0: return ServerBody.result(of: id, ServerBody.object(1))
        case 1:
            return ServerBody.error(
                of: id,
                400,
                ["MSG_WAIT_FAILED", "MSG_WAIT_TIMEOUT", "NO"][random.number(below: 3)]
            )
        case 2: return ServerBody.complaint(id, codes[random.number(below: codes.count)])
        case 3: return ServerBody.badSalt(id, random.integer())
        case 4: return ServerBody.newSession(first: id, unique: random.integer(), salt: random.integer())
        case 5: return ServerBody.acknowledgement(ids)
        case 6: return MTP.Pong(msgID: id.rawValue, pingID: random.integer()).wireBytes
        case 7: return MTP.MsgsStateInfo(reqMsgID: id.rawValue, info: random.bytes(random.number(below: 5))).wireBytes
        case 8: return MTP.MsgsStateReq(msgIDs: ids.map(\.rawValue)).wireBytes
        case 9: return MTP.MsgResendReq(msgIDs: ids.map(\.rawValue)).wireBytes
        case 10: return ServerBody.gzip(ServerBody.gzip(ServerBody.object(2)))
        case 11: return ServerBody.copy(MessageID(random.integer(Int64.self) | 1), 1, ServerBody.object(3))
        case 12:
            let salt = MTP.FutureSalt(
                validSince: random.integer(),
                validUntil: random.integer(),
                salt: random.integer()
            )
            return MTP.FutureSalts(reqMsgID: id.rawValue, now: random.integer(), salts: [salt]).wireBytes
        default:
            return MTP.MsgDetailedInfo.msgDetailedInfo(
                msgID: id.rawValue,
                answerMsgID: random.integer(),
                bytes: random.integer(),
                status: 0
            ).wireBytes
        }
    }
}
