import TLRuntime

/// `test.ping#0000c001 id:long = int`
struct Ping: TLFunction {
    typealias Response = Int32
    static var id: UInt32 { 0xc001 }
    static var name: String { "test.ping" }
    static var usableBy: TLAvailability { .both }
    static var knownErrors: [RPCError.Type] { [] }

    var number: Int64

    func encode(into writer: inout TLWriter) {
        writer.reserve(12)
        writer.putWord(Self.id)
        writer.putLong(number)
    }
}

/// `invokeWithLayer#0000c003 {X:Type} layer:int query:!X = X`
struct InvokeWithLayer<Query: TLFunction>: TLWrapperFunction {
    typealias Response = Query.Response
    static var id: UInt32 { 0xc003 }
    static var name: String { "invokeWithLayer" }
    static var usableBy: TLAvailability { .both }
    static var knownErrors: [RPCError.Type] { [] }

    var layer: Int32
    var query: Query

    func encode(into writer: inout TLWriter) {
        writer.reserve(8)
        writer.putWord(Self.id)
        writer.putInt(layer)
        query.encode(into: &writer)
    }
}
