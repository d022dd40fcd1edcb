import TLRuntime
import Testing

@Suite("TLFunction")
struct TLFunctionTests {
    @Test func pathOfAPlainFunctionIsItsName() {
        #expect(Ping.path == ["test.ping"])
    }

    @Test func pathNamesWrappersFromTheOutside() {
        typealias Twice = InvokeWithLayer<InvokeWithLayer<Ping>>
        #expect(Twice.path == ["invokeWithLayer", "invokeWithLayer", "test.ping"])
    }

    @Test func wrapperAnswersLikeItsQuery() throws {
        func decode<Function: TLFunction>(_ function: Function.Type, _ bytes: [UInt8]) throws -> Function.Response {
            try Function.Response(decoding: bytes)
        }
        #expect(try decode(InvokeWithLayer<Ping>.self, words(5)) == 5)
    }

    @Test func wrapperStandsBeforeItsQuery() throws {
        let bytes = try InvokeWithLayer(layer: 200, query: Ping(number: 1)).encoded()
        #expect(bytes == words(0xc003, 200, 0xc001, 1, 0))
    }
}
