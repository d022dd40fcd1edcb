import Testing

@testable import TLSchema

@Suite struct ValueDecoderTests {
    /// Schema with numbers that are easy to write by hand.
    private static let text = """
        // Their number is not the CRC32 of the line: leaf, node, all, pair, empty, call, wrap.
        leaf#1 = Tree;
        node#2 left:Tree right:Tree = Tree;
        pair#3 a:int b:int = Pair;
        empty#4 = Empty;
        all#5 flags:# on:flags.1?true i:flags.2?int l:long d:double s:string b:bytes t:Bool w:int128 \
        v:Vector<int> p:%Pair q:vector<%Pair> e:vector<%Empty> = All;
        ---functions---
        call#6 x:int = Pair;
        wrap#7 {X:Type} layer:int query:!X = X;
        """

    private func decoder() throws -> ValueDecoder {
        let schema = try #require(Schema.load([SchemaSource(path: "x.tl", text: Self.text)]).value)
        return ValueDecoder(schemas: [schema])
    }

    private func word(_ number: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        ValueEncoder.append(number, to: &bytes)
        return bytes
    }

    private func words(_ numbers: UInt32...) -> [UInt8] {
        numbers.flatMap { word($0) }
    }

    private func failure(_ bytes: [UInt8], as type: TypeReference? = nil) throws -> String {
        let decoder = try decoder()
        let error = #expect(throws: ValueDecodingError.self) {
            _ = try type.map { try decoder.decode(bytes, as: $0) } ?? decoder.decode(bytes)
        }
        return error?.description ?? ""
    }

    @Test func everyKindOfFieldIsRead() throws {
        var bytes = words(5, 0b110, 7)
        bytes += words(8, 0) + [0, 0, 0, 0, 0, 0, 0xF0, 0x3F]
        bytes += [2, 0x68, 0x69, 0] + [3, 1, 2, 3] + word(WireNumber.boolTrue)
        bytes += (1...16).map { UInt8($0) } + words(WireNumber.vector, 2, 10, 11)
        bytes += words(20, 21) + words(1, 30, 31) + words(3) + [0xEE]
        let result = try decoder().decode(bytes)
        #expect(result.trailingCount == 1)
        #expect(
            TLValuePrinter().text(of: result.value) == """
                all#00000005
                  flags: 0x00000006 (bits 1, 2)
                  on: true
                  i: 7
                  l: 8
                  d: 1.0
                  s: "hi"
                  b: 010203 (3 bytes)
                  t: true
                  w: 0102030405060708090a0b0c0d0e0f10
                  v: vector of 2
                    - 10
                    - 11
                  p: pair#00000003
                    a: 20
                    b: 21
                  q: vector of 1
                    - pair#00000003
                      a: 30
                      b: 31
                  e: vector of 3
                    - empty#00000004
                    - empty#00000004
                    - empty#00000004

                """
        )
        #expect(ValueEncoder.bytes(of: result.value) == bytes.dropLast())
    }

    @Test func wrapperHoldsAnyFunction() throws {
        let result = try decoder().decode(words(7, 3, 6, 9))
        #expect(
            TLValuePrinter().text(of: result.value)
                == "wrap#00000007\n  layer: 3\n  query: call#00000006\n    x: 9\n"
        )
        #expect(
            try failure(words(7, 3, 1)) == "at byte 8: found 'leaf' (0x00000001), expected !X for 'wrap.query'"
        )
    }

    @Test func resultsAreReadByTheirType() throws {
        let pairs = try decoder().decode(
            words(WireNumber.vector, 1, 3, 1, 2),
            as: .vector(.boxed(QualifiedName("Pair")), isBoxed: true)
        )
        #expect(
            TLValuePrinter().text(of: pairs.value) == "vector of 1\n  - pair#00000003\n    a: 1\n    b: 2\n"
        )
        let flag = try decoder().decode(word(WireNumber.boolFalse))
        #expect(TLValuePrinter().text(of: flag.value) == "false\n")
    }

    @Test func failuresSayWhereAndWhatWasExpected() throws {
        #expect(
            try failure([1, 2]) == "at byte 0: 4 bytes are needed, but 2 are left, expected a constructor or function"
        )
        #expect(
            try failure(word(99))
                == "at byte 0: found the unknown number 0x00000063, expected a constructor or function"
        )
        #expect(
            try failure(words(2, 1, 99))
                == "at byte 8: found the unknown number 0x00000063, expected Tree for 'node.right'"
        )
        #expect(
            try failure(words(2, 3, 0, 0)) == "at byte 4: found 'pair' (0x00000003), expected Tree for 'node.left'"
        )
        #expect(try failure(words(3, 1)) == "at byte 8: 4 bytes are needed, but 0 are left, expected int for 'pair.b'")
        #expect(
            try failure(word(1), as: .bool) == "at byte 0: found 'leaf' (0x00000001), expected Bool"
        )
        #expect(
            try failure(words(1, 1), as: .vector(.int, isBoxed: true))
                == "at byte 0: found 'leaf' (0x00000001), expected Vector<int>"
        )
        #expect(
            try failure([255, 0, 0, 0], as: .string)
                == "at byte 0: found 255, which is not the start of a length, expected string"
        )
        #expect(
            try failure(word(1), as: .bare(QualifiedName("nobody")))
                == "at byte 0: found a type that cannot be decoded by itself, expected %nobody"
        )
    }

    @Test(arguments: [
        (TypeReference.int, UInt32(2)), (.string, 2), (.long, 1), (.bare(QualifiedName("pair")), 1), (.int256, 0),
    ])
    func countIsHeldAgainstTheBytesThatAreLeft(element: TypeReference, possible: UInt32) throws {
        let type = TypeReference.vector(element, isBoxed: false)
        #expect(throws: Never.self) { try decoder().decode(words(possible, 0, 0), as: type) }
        for count in [possible + 1, .max] {
            let failure = try failure(words(count, 0, 0), as: type)
            #expect(failure.hasPrefix("at byte 0: found a count of \(count), but 8 bytes are left, expected vector<"))
        }
    }

    @Test func elementsWithoutBytesCannotFillTheMemory() throws {
        let type = TypeReference.vector(.bare(QualifiedName("empty")), isBoxed: false)
        #expect(try failure(words(.max), as: type).hasPrefix("at byte 0: found a count of 4294967295"))
    }

    @Test func nestingEndsAtTheLimit() throws {
        func tree(depth: Int) -> [UInt8] {
            (1..<depth).flatMap { _ in words(2, 1) } + word(1)
        }
        let deepest = try decoder().decode(tree(depth: ValueDecoder.maximumDepth))
        #expect(deepest.trailingCount == 0)
        #expect(
            try failure(tree(depth: ValueDecoder.maximumDepth + 1)).contains("nested deeper than 64 levels")
        )
    }

    @Test func lengthInTheLongFormIsReadWhateverItIs() throws {
        let long = [UInt8](repeating: 0x61, count: 254)
        let result = try decoder().decode([254, 254, 0, 0] + long + [0, 0], as: .string)
        #expect(TLValuePrinter().text(of: result.value) == "\"\(String(repeating: "a", count: 254))\"\n")
        let short = try decoder().decode([254, 1, 0, 0, 0x61, 9, 9, 9], as: .string)
        #expect(TLValuePrinter().text(of: short.value) == "\"a\"\n")
        #expect(short.trailingCount == 0)
    }

    @Test func fieldsAreFoundByName() throws {
        guard case .object(let pair) = try decoder().decode(words(3, 1, 2)).value, case .int(let b)? = pair["b"] else {
            Issue.record("expected a pair")
            return
        }
        #expect(b == 2)
        #expect(pair["c"] == nil)
    }
}
