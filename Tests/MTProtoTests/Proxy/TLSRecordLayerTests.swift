import MTProto
import MTProtoCrypto
import Testing

struct TLSRecordLayerTests {
    private func unwrapped(_ pieces: [[UInt8]], side: TransportSide = .server) throws -> [UInt8] {
        var layer = TLSRecordLayer(side: side)
        var input = ByteQueue()
        var output = ByteQueue()
        for piece in pieces {
            input.append(piece)
            try layer.unwrap(&input, into: &output)
            if input.count > TLSRecord.headerLength { Issue.record("more than an incomplete header waits") }
        }
        return output.consumeAll()
    }

    @Test func firstDataOfTheClientComesAfterAChangeOfCipher() {
        var client = TLSRecordLayer(side: .client)
        #expect(client.wrap([]) == [])
        #expect(client.wrap([1, 2]) == [0x14, 3, 3, 0, 1, 1, 0x17, 3, 3, 0, 2, 1, 2])
        #expect(client.wrap([3]) == [0x17, 3, 3, 0, 1, 3])
        var server = TLSRecordLayer(side: .server)
        #expect(server.wrap([3]) == [0x17, 3, 3, 0, 1, 3])
    }

    @Test(arguments: [(TransportSide.client, 2878), (.server, 16384)])
    func longBytesAreCutIntoRecords(side: TransportSide, limit: Int) throws {
        var layer = TLSRecordLayer(side: side)
        _ = layer.wrap([0])
        for count in [limit - 1, limit, limit + 1, 3 * limit, 100_000] {
            let bytes = ProxyRandom(seed: 1).bytes(count)
            let records = layer.wrap(bytes)
            #expect(records.count == count + (count + limit - 1) / limit * 5)
            #expect(try unwrapped([records]) == bytes)
        }
    }

    @Test func cutsDoNotMatter() throws {
        var client = TLSRecordLayer(side: .client)
        let expected = [[UInt8]]([[1, 2, 3], [4], Array(5...40)]).flatMap { $0 }
        let stream = client.wrap([1, 2, 3]) + client.wrap([4]) + [0x17, 3, 3, 0, 0] + client.wrap(Array(5...40))
        #expect(try unwrapped([stream]) == expected)
        #expect(try unwrapped(stream.map { [$0] }) == expected)
        for cut in 0...stream.count {
            #expect(try unwrapped([Array(stream[..<cut]), Array(stream[cut...])]) == expected)
        }
    }

    @Test func contentIsHandedOutBeforeItsRecordIsComplete() throws {
        #expect(try unwrapped([[0x17, 3, 3, 0x40, 0], [1, 2, 3]]) == [1, 2, 3])
    }

    @Test func longestRecordIsAcceptedAndALongerOneIsNot() throws {
        #expect(try unwrapped([[0x17, 3, 3, 0x41, 0x00]]) == [])
        for header: [UInt8] in [[0x17, 3, 3, 0x41, 0x01], [0x17, 3, 3, 0xFF, 0xFF]] {
            let error = try proxyError { _ = try unwrapped([header]) }
            #expect(error.code == .malformedTransport)
            #expect(error.message.contains("expected at most 16640"))
        }
    }

    @Test(
        arguments: [
            [0x16], [0x15, 3, 3, 0, 2, 2, 40], [0x17, 3, 1], [0x17, 2], [0x14, 3, 3, 0, 2], [0x14, 3, 3, 0, 0],
            [0x14, 3, 3, 0, 1, 1, 0x14], [0x17, 3, 3, 0, 1, 9, 0x14], [0],
        ] as [[UInt8]]
    )
    func otherRecordsAreRefusedAsSoonAsTheyShow(bytes: [UInt8]) throws {
        #expect(try proxyError { _ = try unwrapped([bytes]) }.code == .malformedTransport)
    }

    @Test func randomBytesNeverTrap() {
        let random = ProxyRandom(seed: .random(in: 0...UInt64.max))
        for _ in 0..<100_000 {
            var bytes = random.bytes(random.number(below: 24))
            // Half of them get past the first check.
            if random.number(below: 2) == 0 { bytes.replaceSubrange(..<min(3, bytes.count), with: [0x17, 3, 3]) }
            if let result = try? unwrapped([bytes]), result.count > bytes.count {
                Issue.record("\(result.count) bytes came out of \(bytes.count); seed \(random.seed)")
            }
        }
    }
}
