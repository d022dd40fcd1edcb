import MTProto
import MTProtoCrypto
import Testing

/// Random bytes never trap, and never make a decoder keep more than a frame.
struct HostileStreamTests {
    private static let streams = 100_000
    private static let limits = PacketLimits(packet: 256, httpHead: 128)

    static let decoders = TransportKind.Framing.allCases.flatMap { framing in
        [TransportSide.client, .server].map { (framing, $0) }
    }

    /// Random bytes, half of the time behind a start that leads further in.
    private func stream(_ framing: TransportKind.Framing, _ random: TransportRandom) -> [UInt8] {
        let length = random.number(below: 120)
        var bytes = random.bytes(length)
        guard length > 16, random.number(below: 2) == 0 else { return bytes }
        switch framing {
        case .http:
            let starts = ["HTTP/1.1 200 OK\r\nContent-Length: ", "HTTP/1.1 404 x\r\n\r\n", "HTTP/1.1 200 OK\r\n"]
            bytes = Array(starts[random.number(below: 3)].utf8) + bytes
            if random.number(below: 2) == 0 {
                bytes = Array("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n".utf8) + bytes
            }
        case .full:
            // Without the right checksum nothing gets anywhere.
            var sender = FullCodec(side: .client)
            bytes = sender.framed(Wire.packet(4 * (1 + random.number(below: 16)))) + bytes
            if random.number(below: 2) == 0 { bytes[random.number(below: bytes.count)] ^= 1 }
        case .intermediate, .paddedIntermediate:
            bytes.replaceSubrange(
                0..<4,
                with: [UInt8(random.number(below: 64)), 0, 0, UInt8(random.number(below: 2) * 0x80)]
            )
        case .abridged:
            bytes[0] = UInt8(random.number(below: 32)) | UInt8(random.number(below: 2) * 0x80)
        }
        return bytes
    }

    @Test(arguments: decoders)
    func randomStreamsAreReadOrRefused(framing: TransportKind.Framing, side: TransportSide) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let random = TransportRandom(seed: seed)
        var outcomes = (frames: 0, failures: 0, waits: 0)
        for number in 0..<Self.streams {
            var codec = try Wire.codec(framing, side, limits: Self.limits)
            if framing == .http { _ = codec.framed(Wire.packet(24)) }
            let bytes = stream(framing, random)
            let cut = random.number(below: bytes.count + 1)
            var queue = ByteQueue()
            do throws(MTProtoError) {
                for piece in [bytes[..<cut], bytes[cut...]] {
                    queue.append(piece)
                    while let frame = try codec.nextFrame(from: &queue) {
                        outcomes.frames += 1
                        guard case .packet(let packet) = frame else { continue }
                        if packet.isEmpty || packet.count % 4 != 0 || packet.count > Self.limits.packet {
                            Issue.record("stream \(number) of seed \(seed): a packet of \(packet.count) bytes")
                        }
                    }
                }
                outcomes.waits += 1
            } catch {
                outcomes.failures += 1
                if error.code != .malformedTransport {
                    Issue.record("stream \(number) of seed \(seed): \(error)")
                }
            }
        }
        // The streams reach all three ends, or they test little.
        #expect(outcomes.frames > 100 && outcomes.failures > 100 && outcomes.waits > 100, "seed \(seed): \(outcomes)")
    }

    @Test(arguments: decoders)
    func whatWaitsForAFrameIsNeverMoreThanTheFrame(framing: TransportKind.Framing, side: TransportSide) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let random = TransportRandom(seed: seed)
        let longest = Self.limits.packet + Self.limits.httpHead + 16
        for _ in 0..<200 {
            var codec = try Wire.codec(framing, side, limits: Self.limits)
            if framing == .http { _ = codec.framed(Wire.packet(24)) }
            var queue = ByteQueue()
            do {
                for _ in 0..<100 {
                    queue.append(stream(framing, random))
                    while try codec.nextFrame(from: &queue) != nil {}
                    #expect(queue.count <= longest, "seed \(seed)")
                }
            } catch {}
        }
    }
}
