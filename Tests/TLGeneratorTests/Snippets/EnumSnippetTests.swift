import Testing

@testable import TLGenerator

/// Types with several constructors: schema lines and their exact Swift.
@Suite struct EnumSnippetTests {
    @Test func typeWithSeveralConstructorsIsAnEnum() throws {
        let sample = try Sample(
            """
            empty = T;
            full x:int = T;
            """
        )
        #expect(
            sample.swift == """
                /// - Remark: `T`
                public enum T: TL.Object {
                    /// - Remark: `empty#460910df = T`.
                    case empty
                    case full(Full)

                    /// - Remark: `full#304333b0 x:int = T`.
                    public final class Full: Swift.Sendable {
                        public let x: Swift.Int32

                        public init(x: Swift.Int32) {
                            self.x = x
                        }

                        init(from reader: inout TLReader) {
                            self.x = reader.int()
                        }

                        func encode(into writer: inout TLWriter) {
                            writer.reserve(8)
                            writer.putWord(0x304333b0)
                            writer.putInt(self.x)
                        }
                    }

                    /// Short for `.full(.init(...))`.
                    public static func full(x: Swift.Int32) -> Self {
                        .full(Full(x: x))
                    }

                    public init(from reader: inout TLReader) {
                        switch reader.word() {
                        case 0x460910df:
                            self = .empty
                        case 0x304333b0:
                            self = .full(Full(from: &reader))
                        default:
                            reader.failUnknownConstructor(expected: "T")
                            self = .empty
                        }
                    }

                    public func encode(into writer: inout TLWriter) {
                        switch self {
                        case .empty:
                            writer.word(0x460910df)
                        case .full(let payload):
                            payload.encode(into: &writer)
                        }
                    }
                }

                """
        )
    }

    @Test func constructorsWithNothingButWordsCarryNothing() throws {
        let sample = try Sample(
            """
            a flags:# more:# = T;
            b = T;
            """
        )
        #expect(
            sample.swift == """
                /// - Remark: `T`
                public enum T: TL.Object {
                    /// - Remark: `a#a6ce8d58 flags:# more:# = T`.
                    case a
                    /// - Remark: `b#50d3bb82 = T`.
                    case b

                    public init(from reader: inout TLReader) {
                        switch reader.word() {
                        case 0xa6ce8d58:
                            _ = reader.word()
                            _ = reader.word()
                            self = .a
                        case 0x50d3bb82:
                            self = .b
                        default:
                            reader.failUnknownConstructor(expected: "T")
                            self = .b
                        }
                    }

                    public func encode(into writer: inout TLWriter) {
                        switch self {
                        case .a:
                            writer.word(0xa6ce8d58)
                            writer.word(0)
                            writer.word(0)
                        case .b:
                            writer.word(0x50d3bb82)
                        }
                    }
                }

                """
        )
    }

    @Test func fieldsOfAllConstructorsHaveAccessors() throws {
        let sample = try Sample(
            """
            a id:int title:string x:int = T;
            b flags:# id:int title:flags.0?string x:long = T;
            """
        )
        #expect(
            sample.declaration("public var id") == """
                public var id: Swift.Int32 {
                    switch self {
                    case .a(let payload):
                        payload.id
                    case .b(let payload):
                        payload.id
                    }
                }

                """
        )
        #expect(
            sample.declaration("public var title") == """
                public var title: Swift.String? {
                    switch self {
                    case .a(let payload):
                        payload.title
                    case .b(let payload):
                        payload.title
                    }
                }

                """
        )
    }

    /// Otherwise the end of the bytes would be the start of an endless recursion.
    @Test func placeholderIsTheShallowestConstructor() throws {
        let sample = try Sample(
            """
            branch left:T right:T = T;
            leaf value:int = T;
            """
        )
        #expect(
            sample.declaration("public init(from") == """
                public init(from reader: inout TLReader) {
                    reader.descend()
                    switch reader.word() {
                    case 0x122fc966:
                        self = .branch(Branch(from: &reader))
                    case 0x95db3ba8:
                        self = .leaf(Leaf(from: &reader))
                    default:
                        reader.failUnknownConstructor(expected: "T")
                        self = .leaf(Leaf(from: &reader))
                    }
                    reader.ascend()
                }

                """
        )
    }

    @Test func keywordsAreCases() throws {
        let sample = try Sample(
            """
            default = T;
            self x:int = T;
            init = T;
            """
        )
        #expect(
            sample.declaration("case `default`") == """
                case `default`

                """
        )
        #expect(
            sample.declaration("case isSelf") == """
                case isSelf(SelfValue)

                """
        )
        #expect(
            sample.declaration("public static func") == """
                public static func isSelf(x: Swift.Int32) -> Self {
                    .isSelf(SelfValue(x: x))
                }

                """
        )
        #expect(
            sample.declaration("public func encode") == """
                public func encode(into writer: inout TLWriter) {
                    switch self {
                    case .`default`:
                        writer.word(0x374bdd79)
                    case .isSelf(let payload):
                        payload.encode(into: &writer)
                    case .initial:
                        writer.word(0x27a5236e)
                    }
                }

                """
        )
    }
}
