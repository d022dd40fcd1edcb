import GoldenSources
import TLRuntime
import Testing

@Suite struct FailureTests {
    // MARK: - Bytes that are cut, too long or something else

    @Test(arguments: Samples.objects.indices) func everyPrefixOfAValueThrows(index: Int) throws {
        try checkPrefixes(of: Samples.objects[index])
    }

    private func checkPrefixes<Value: TL.Object>(of value: Value) throws {
        let bytes = try value.encoded()
        for length in 0..<bytes.count {
            #expect(throws: TLDecodingError.self) { try Value(decoding: Array(bytes[..<length])) }
        }
        #expect(throws: TLDecodingError.trailingBytes(count: 4, offset: bytes.count)) {
            try Value(decoding: bytes + [0, 0, 0, 0])
        }
    }

    @Test(arguments: Samples.functions.indices) func everyPrefixOfARequestThrows(index: Int) throws {
        let bytes = try Samples.functions[index].encoded()
        for length in 0..<bytes.count {
            #expect(throws: (any Error).self) { try decodedFunction(Array(bytes[..<length])) }
        }
    }

    /// Placeholders that stand in after the first problem must not recurse without end.
    @Test(arguments: Samples.objects.indices) func foreignBytesThrow(index: Int) {
        checkForeignBytes(inPlaceOf: Samples.objects[index])
    }

    private func checkForeignBytes<Value: TL.Object>(inPlaceOf value: Value) {
        for byte: UInt8 in [0, 1, 0x7F, 0xFF] {
            for count in [0, 4, 8, 64, 4096] {
                #expect(throws: TLDecodingError.self) {
                    try Value(decoding: [UInt8](repeating: byte, count: count))
                }
            }
        }
    }

    @Test func unknownConstructorIsNamedWithWhatWasExpected() {
        let bytes: [UInt8] = [0xEF, 0xBE, 0xAD, 0xDE]
        #expect(throws: TLDecodingError.unknownConstructor(id: 0xDEAD_BEEF, expected: "Peer", offset: 0)) {
            try TL.Peer(decoding: bytes)
        }
        #expect(throws: TLDecodingError.unknownConstructor(id: 0xDEAD_BEEF, expected: "P_Q_inner_data", offset: 0)) {
            try TL.PQInnerData(decoding: bytes)
        }
        #expect(throws: TLDecodingError.unknownConstructor(id: 0xDEAD_BEEF, expected: "TL.Object", offset: 0)) {
            try TL.object(decoding: bytes)
        }
        #expect(throws: TLDecodingError.unexpectedEnd(needed: 4, left: 2, offset: 0)) {
            try TL.object(decoding: [1, 2])
        }
    }

    @Test func unknownConstructorInsideIsFoundAtItsOffset() throws {
        var bytes = try TL.Count(peer: .peerEmpty).encoded()
        bytes.replaceSubrange(4..<8, with: [1, 2, 3, 4])
        #expect(throws: TLDecodingError.unknownConstructor(id: 0x0403_0201, expected: "Peer", offset: 4)) {
            try decodedFunction(bytes)
        }
    }

    @Test func wrapperAroundNoFunctionThrows() throws {
        var bytes = try TL.InvokeTimed(query: TL.Ping()).encoded()
        bytes.replaceSubrange(4..<8, with: try TL.Nothing().encoded())
        #expect(throws: TLDecodingError.unknownConstructor(id: 0x5766_5865, expected: "function", offset: 4)) {
            try decodedFunction(bytes)
        }
    }

    // MARK: - Depth

    private static let limit = TLReader.depthLimit

    /// `count` values inside of each other.
    private func nested(_ count: Int) throws -> [(name: String, bytes: [UInt8], decode: ([UInt8]) throws -> Void)] {
        let node = try (1..<count).reduce(TL.Node(value: 0)) { inner, _ in TL.Node(value: 1, next: inner) }.encoded()
        let link = try (1..<count).reduce(TL.Link()) { inner, _ in TL.Link(next: inner) }.encoded()
        let tree = try (1..<count).reduce(TL.Tree.leaf(value: 0)) { inner, _ in
            .branch(left: .leaf(value: 1), right: inner)
        }
        .encoded()
        let timed = try TL.InvokeTimed(query: TL.Ping()).encoded().prefix(4)
        let wrappers = (1..<count).flatMap { _ in timed } + timed + (try TL.Ping().encoded())
        return [
            ("boxed field", node, { _ = try TL.Node(decoding: $0) }),
            ("bare field", link, { _ = try TL.Link(decoding: $0) }),
            ("enum", tree, { _ = try TL.Tree(decoding: $0) }),
            ("wrapper", wrappers, { _ = try decodedFunction($0) }),
        ]
    }

    @Test func valuesNestUpToTheLimit() throws {
        for value in try nested(Self.limit) {
            #expect(throws: Never.self, "\(value.name)") { try value.decode(value.bytes) }
        }
    }

    /// The stack would be the limit otherwise, and its end the end of the process.
    @Test(arguments: [limit + 1, limit * 8]) func deeperValuesThrow(count: Int) throws {
        for value in try nested(count) {
            let error = #expect(throws: TLDecodingError.self, "\(value.name)") { try value.decode(value.bytes) }
            guard case .tooDeep(limit: Self.limit, offset: _) = error else {
                Issue.record("\(value.name): \(String(describing: error))")
                continue
            }
        }
    }

    /// A megabyte of "and another one inside" takes no more stack than the limit.
    @Test func hostileChainsOfBareValuesThrow() {
        let ones = (0..<250_000).flatMap { _ in [1, 0, 0, 0] as [UInt8] }
        let link: [UInt8] = [0x7A, 0x37, 0xC1, 0xF2]
        let loop: [UInt8] = [0xF0, 0xB7, 0xF2, 0xB1]
        #expect(throws: TLDecodingError.self) { try TL.Link(decoding: link + ones) }
        #expect(throws: TLDecodingError.self) { try TL.Loop(decoding: loop + ones) }
    }

    // MARK: - Values that cannot be written

    @Test func halfAGroupIsRefused() {
        let sizes = TLEncodingError.incompleteGroup(fields: "width, height", of: "groups")
        #expect(throws: sizes) { try TL.Groups(width: 1).encoded() }
        #expect(throws: sizes) { try TL.Groups(height: 1).encoded() }
        let titles = TLEncodingError.incompleteGroup(fields: "title, isTitleShown", of: "groups")
        #expect(throws: titles) { try TL.Groups(title: "t").encoded() }
        #expect(throws: titles) { try TL.Groups(isTitleShown: true).encoded() }
        let three = TLEncodingError.incompleteGroup(fields: "first, second, third", of: "groups")
        #expect(throws: three) { try TL.Groups(first: true, second: true).encoded() }
        #expect(throws: three) { try TL.Groups(third: "t").encoded() }
    }

    @Test func halfAGroupInsideIsRefusedToo() {
        let send = TL.messages.Send(peer: .peerEmpty, text: "", replyTo: 1)
        let error = TLEncodingError.incompleteGroup(fields: "replyTo, topID", of: "messages.send")
        #expect(throws: error) { try send.encoded() }
        #expect(throws: error) { try TL.InvokeWithLayer(layer: 1, query: send).encoded() }
        #expect("\(send)".contains("set all of them or none"))
    }

    // MARK: - Bits nobody knows

    @Test func unknownBitsAreIgnored() throws {
        let value = try TL.Presence(decoding: [0xFD, 0x46, 0xDF, 0xC2, 0xFE, 0xFF, 0xFF, 0xFF])
        #expect(!value.silent)
        #expect(value.pinned)
        let empty = try TL.Peer(decoding: [0xFD, 0x3A, 0xF3, 0x03, 9, 9, 9, 9, 8, 8, 8, 8])
        guard case .peerFlagsOnly = empty else {
            Issue.record("decoded as \(empty)")
            return
        }
    }
}
