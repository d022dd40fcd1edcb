import MTProto
import MTProtoCrypto
import Testing

struct MessageContentTests {
    private func failure(of body: [UInt8]) -> MTProtoError? {
        do throws(MTProtoError) {
            _ = try MessageContent.parse(body[...])
            return nil
        } catch {
            return error
        }
    }

    private let messages: [(id: MessageID, sequenceNumber: Int32, body: [UInt8])] = [
        (MessageID(5), 1, [1, 2, 3, 4]), (MessageID(9), 2, []), (MessageID(13), 3, [5, 6, 7, 8, 9, 10, 11, 12]),
    ]

    @Test func containerIsTakenApart() throws {
        let content = try MessageContent.parse(ServerBody.container(messages)[...])
        guard case .container(let parsed) = content else {
            Issue.record("a container was expected, not \(content)")
            return
        }
        #expect(parsed.map(\.id) == messages.map(\.id))
        #expect(parsed.map(\.sequenceNumber) == [1, 2, 3])
        #expect(parsed.map { Array($0.body) } == messages.map(\.body))
        #expect(parsed.map(\.isContentRelated) == [true, false, true])
    }

    @Test func everyCutOfAContainerFails() {
        let whole = ServerBody.container(messages)
        for count in 0..<whole.count {
            #expect(
                failure(of: Array(whole[..<count]))?.code == (count < 4 ? .undecodableAnswer : .securityCheckFailed)
            )
        }
    }

    @Test(arguments: [-1, 4, 1_025, Int32.max, Int32.min] as [Int32])
    func containerThatAnnouncesMoreThanItHasFails(count: Int32) {
        var bytes = ServerBody.container(messages)
        withUnsafeBytes(of: count.littleEndian) { bytes.replaceSubrange(4..<8, with: $0) }
        #expect(failure(of: bytes)?.check == .container)
    }

    @Test func containerMayHaveSoManyMessagesAndNotOneMore() {
        let empty = (id: MessageID(5), sequenceNumber: 1 as Int32, body: [UInt8]())
        #expect(failure(of: ServerBody.container(Array(repeating: empty, count: 1_024))) == nil)
        #expect(failure(of: ServerBody.container(Array(repeating: empty, count: 1_025)))?.check == .container)
    }

    @Test(arguments: [-4, 2, 6, 1_000, Int32.max, Int32.min] as [Int32])
    func messageWhoseLengthDoesNotFitFails(length: Int32) {
        var bytes = ServerBody.container(messages)
        withUnsafeBytes(of: length.littleEndian) { bytes.replaceSubrange(20..<24, with: $0) }
        #expect(failure(of: bytes)?.check == .container)
    }

    @Test func resultNamesItsRequest() throws {
        let content = try MessageContent.parse(ServerBody.result(of: MessageID(77), [1, 2, 3, 4])[...])
        #expect(content == .result(of: MessageID(77), [1, 2, 3, 4]))
        for count in 4..<12 {
            #expect(failure(of: Array(ServerBody.result(of: MessageID(77), [])[..<count]))?.code == .undecodableAnswer)
        }
    }

    @Test func copyHoldsAMessage() throws {
        let content = try MessageContent.parse(ServerBody.copy(MessageID(9), 1, [1, 2, 3, 4])[...])
        #expect(content == .copy(ContainedMessage(id: MessageID(9), sequenceNumber: 1, body: [1, 2, 3, 4])))
    }

    // MARK: - Compression

    @Test(arguments: [1, 200, 253, 254, 255, 300, 70_000])
    func compressedContentIsInflated(count: Int) throws {
        // Random bytes, so that the compressed ones need both forms of the length.
        let content = SeededSessionRandom(seed: 5).bytes(count)
        #expect(try MessageContent.inflate(ServerBody.gzip(content)[...], limit: count) == content)
    }

    @Test func inflatedSizeIsLimited() {
        let packed = ServerBody.gzip([UInt8](repeating: 0, count: 100_001))
        let error = #expect(throws: MTProtoError.self) { try MessageContent.inflate(packed[...], limit: 100_000) }
        #expect(error?.check == .inflatedSize)
    }

    @Test func contentThatIsCompressedTwiceFails() {
        let packed = ServerBody.gzip(ServerBody.gzip([1, 2, 3, 4]))
        let error = #expect(throws: MTProtoError.self) { try MessageContent.inflate(packed[...], limit: 1_000) }
        #expect(error?.code == .undecodableAnswer)
    }

    @Test func everyCutOfCompressedContentFails() {
        let packed = ServerBody.gzip([UInt8](repeating: 7, count: 1_000))
        for count in 4..<packed.count {
            #expect(throws: MTProtoError.self) { try MessageContent.inflate(packed[..<count], limit: 1_000) }
        }
    }

    @Test func onlyWhatBecomesSmallerIsCompressed() throws {
        let zeros = [UInt8](repeating: 0, count: 1_000)
        let packed = try #require(MessageContent.compressed(zeros))
        #expect(packed.count < 100)
        #expect(try MessageContent.inflate(packed[...], limit: 1_000) == zeros)
        #expect(MessageContent.compressed(SeededSessionRandom(seed: 8).bytes(1_000)) == nil)
    }
}
