import Testing

@testable import TLGenerator

/// Functions: schema lines and their exact Swift.
@Suite struct FunctionSnippetTests {
    @Test func functionIsAStructWithVariables() throws {
        let sample = try Sample(
            """
            ---functions---
            messages.send flags:# silent:flags.0?true text:string = Bool;
            """
        )
        #expect(
            sample.swift == """
                /// - Remark: `messages.send#1e527edd flags:# silent:flags.0?true text:string = Bool`.
                public struct Send: TL.Function {
                    public typealias Response = Swift.Bool
                    public static var id: Swift.UInt32 { 0x1e527edd }
                    public static var name: Swift.String { "messages.send" }

                    public var silent: Swift.Bool
                    public var text: Swift.String

                    public init(silent: Swift.Bool = false, text: Swift.String) {
                        self.silent = silent
                        self.text = text
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(8)
                        writer.putWord(0x1e527edd)
                        var flags: Swift.UInt32 = 0
                        if self.silent { flags |= 0x1 }
                        writer.putWord(flags)
                        writer.string(self.text)
                    }
                }

                """
        )
    }

    @Test func functionWithoutFieldsHasAnEmptyInitialiser() throws {
        let sample = try Sample(
            """
            ---functions---
            ping = Bool;
            """
        )
        #expect(
            sample.swift == """
                /// - Remark: `ping#94b77b6a = Bool`.
                public struct Ping: TL.Function {
                    public typealias Response = Swift.Bool
                    public static var id: Swift.UInt32 { 0x94b77b6a }
                    public static var name: Swift.String { "ping" }

                    public init() {}

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(4)
                        writer.putWord(0x94b77b6a)
                    }
                }

                """
        )
    }

    @Test func tablesAreQuotedInTheComment() throws {
        let sample = try Sample(
            """
            ---functions---
            ping = Bool;
            """,
            Sample.Tables(
                errors: #"{"FLOOD_WAIT_%d": {"codes": [420], "parameters": [{"name": "seconds", "unit": "seconds"}]}}"#,
                methods: """
                    method,usable_by,errors,friendly,summary
                    ping,bot,FLOOD_WAIT_%d ODD,,Checks the connection.
                    """,
                history: """
                    name,first_layer
                    ping,17
                    """
            )
        )
        #expect(
            sample.swift == """
                /// Checks the connection.
                ///
                /// - Remark: `ping#94b77b6a = Bool`, since layer 17.
                /// - Remark: For bots only.
                /// - Throws: `FLOOD_WAIT_%d`, `ODD`.
                public struct Ping: TL.Function {
                    public typealias Response = Swift.Bool
                    public static var id: Swift.UInt32 { 0x94b77b6a }
                    public static var name: Swift.String { "ping" }
                    public static var usableBy: TLAvailability { .bot }
                    public static var knownErrors: [RPCError.Type] { [RPCError.FloodWait.self] }

                    public init() {}

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(4)
                        writer.putWord(0x94b77b6a)
                    }
                }

                """
        )
    }

    @Test func wordsCallFieldsAsTheirPropertiesAreCalled() throws {
        let sample = try Sample(
            "a user_id:long self:int = A;\n---functions---\nf flags:# user_id:long = Bool;",
            Sample.Tables(
                methods: "method,usable_by,errors,friendly,summary\nf,both,,,\"Asks for `user_id`, not `flags`.\"\n",
                types: "name,field,summary\na,,Has `user_id` and `self`.\nf,user_id,One of `some_user_id`.\n"
            )
        )
        #expect(sample.swift.contains("/// Asks for `userID`, not `flags`.\n"))
        #expect(sample.swift.contains("/// Has `userID` and `isSelf`.\n"))
        #expect(sample.swift.contains("/// One of `some_user_id`.\n"))
    }

    @Test func wrapperIsGenericOverItsQuery() throws {
        let sample = try Sample(
            """
            ---functions---
            invoke {X:Type} before:int query:!X after:string = X;
            """
        )
        #expect(
            sample.swift == """
                /// - Remark: `invoke#f20a287b {X:Type} before:int query:!X after:string = X`.
                public struct Invoke<Query: TLFunction>: TL.Function, TLWrapperFunction {
                    public typealias Response = Query.Response
                    public static var id: Swift.UInt32 { 0xf20a287b }
                    public static var name: Swift.String { "invoke" }

                    public var before: Swift.Int32
                    public var query: Query
                    public var after: Swift.String

                    public init(before: Swift.Int32, query: Query, after: Swift.String) {
                        self.before = before
                        self.query = query
                        self.after = after
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(8)
                        writer.putWord(0xf20a287b)
                        writer.putInt(self.before)
                        self.query.encode(into: &writer)
                        writer.string(self.after)
                    }
                }

                """
        )
    }

    @Test func wrapperMayHaveAnAnswerOfItsOwn() throws {
        let sample = try Sample(
            """
            ---functions---
            invoke {X:Type} query:!X = Vector<int>;
            """
        )
        #expect(
            sample.swift == """
                /// - Remark: `invoke#ec0266e2 {X:Type} query:!X = Vector<int>`.
                public struct Invoke<Query: TLFunction>: TL.Function, TLWrapperFunction {
                    public typealias Response = [Swift.Int32]
                    public static var id: Swift.UInt32 { 0xec0266e2 }
                    public static var name: Swift.String { "invoke" }

                    public var query: Query

                    public init(query: Query) {
                        self.query = query
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(4)
                        writer.putWord(0xec0266e2)
                        self.query.encode(into: &writer)
                    }
                }

                """
        )
    }

    @Test func accessLevelIsEverywhere() throws {
        let sample = try Sample(
            """
            a x:int = A;
            ---functions---
            f a:%A = Vector<A>;
            """,
            access: .package
        )
        #expect(
            sample.swift == """
                /// - Remark: `a#d2aa78f6 x:int = A`.
                package final class A: TL.Object {
                    package let x: Swift.Int32

                    package init(x: Swift.Int32) {
                        self.x = x
                    }

                    package init(from reader: inout TLReader) {
                        reader.expect(0xd2aa78f6, of: "A")
                        self.x = reader.int()
                    }

                    package init(bare reader: inout TLReader) {
                        self.x = reader.int()
                    }

                    package func encodeBare(into writer: inout TLWriter) {
                        writer.reserve(4)
                        writer.putInt(self.x)
                    }

                    package func encode(into writer: inout TLWriter) {
                        writer.reserve(8)
                        writer.putWord(0xd2aa78f6)
                        writer.putInt(self.x)
                    }
                }

                /// - Remark: `f#7c48c150 a:a = Vector<A>`.
                package struct F: TL.Function {
                    package typealias Response = [TL.A]
                    package static var id: Swift.UInt32 { 0x7c48c150 }
                    package static var name: Swift.String { "f" }

                    package var a: TL.A

                    package init(a: TL.A) {
                        self.a = a
                    }

                    package func encode(into writer: inout TLWriter) {
                        writer.reserve(4)
                        writer.putWord(0x7c48c150)
                        self.a.encodeBare(into: &writer)
                    }
                }

                """
        )
    }
}
