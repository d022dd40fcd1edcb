import TLRuntime
import Testing

@Suite("After the first problem")
struct StickyReaderTests {
    @Test func everythingReadIsZeroOrEmpty() {
        let bytes = words(1) + [UInt8](repeating: 0x11, count: 400)
        bytes.withUnsafeBytes { buffer in
            var reader = TLReader(buffer)
            reader.expect(2, of: "Two")
            let state = (reader.hasFailed, reader.offset)
            #expect(state == (true, buffer.count))
            let words = [
                reader.word(), reader.nextWord(), UInt32(bitPattern: reader.int()), UInt32(reader.vectorCount()),
            ]
            #expect(words == [0, 0, 0, 0])
            let numbers = (reader.long(), reader.double(), reader.bool(), reader.int128(), reader.int256().bytes)
            #expect(numbers.0 == 0 && numbers.1 == 0 && !numbers.2)
            #expect(numbers.3 == TLInt128(low: 0, high: 0))
            #expect(numbers.4 == [UInt8](repeating: 0, count: 32))
            let contents = (reader.string(), reader.bytes())
            #expect(contents == ("", []))
            let copied = (reader.vectorOfInt(), reader.vectorOfLong())
            #expect(copied == ([], []))
            let vectors = (
                reader.vector(of: String.self), reader.vector { $0.bytes() }, reader.bareVector(of: Tree.self)
            )
            #expect(vectors == ([], [], []))
            #expect(throws: TLDecodingError.unknownConstructor(id: 1, expected: "Two", offset: 0)) {
                try reader.finish()
            }
        }
    }

    @Test func firstProblemWins() {
        let error = readingError(words(TLConstructorID.vector, 0xFFFF_FFFF)) { reader in
            _ = reader.vectorOfInt()
            _ = reader.long()
            reader.failUnknownConstructor(expected: "Anything")
            for _ in 0...TLReader.depthLimit { reader.descend() }
        }
        #expect(error == .invalidCount(count: -1, left: 0, offset: 4))
    }

    @Test func problemIsNoSurplus() {
        bytesEndInside { try $0.check() }
        bytesEndInside { try $0.finish() }
    }

    private func bytesEndInside(_ judge: (borrowing TLReader) throws -> Void) {
        [UInt8]([1, 2]).withUnsafeBytes { buffer in
            var reader = TLReader(buffer)
            _ = reader.int()
            #expect(throws: TLDecodingError.unexpectedEnd(needed: 4, left: 2, offset: 0)) { try judge(reader) }
        }
    }

    @Test func unreadBytesAreAProblemOnlyAtTheEnd() throws {
        try words(1, 2).withUnsafeBytes { buffer in
            var reader = TLReader(buffer)
            _ = reader.word()
            try reader.check()
            let offset = reader.offset
            #expect(offset == 4)
            #expect(throws: TLDecodingError.trailingBytes(count: 4, offset: 4)) { try reader.finish() }
        }
    }

    @Test func emptyBufferWithoutAnAddressIsJustEmpty() {
        var reader = TLReader(UnsafeRawBufferPointer(start: nil, count: 0))
        #expect(throws: Never.self) { try reader.finish() }
        let number = reader.int()
        #expect(number == 0)
        #expect(throws: TLDecodingError.unexpectedEnd(needed: 4, left: 0, offset: 0)) { try reader.finish() }
    }
}
