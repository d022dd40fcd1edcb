import Testing

@testable import TLGenerator

/// Types that contain others, or themselves: schema lines and their exact Swift.
@Suite struct RecursionSnippetTests {
    @Test func typeThatContainsItselfCountsLevels() throws {
        let sample = try Sample("node flags:# next:flags.0?Node = Node;")
        #expect(
            sample.swift == """
                /// - Remark: `node#ab6fa621 flags:# next:flags.0?Node = Node`.
                public final class Node: TL.Object {
                    public let next: TL.Node?

                    public init(next: TL.Node? = nil) {
                        self.next = next
                    }

                    public init(from reader: inout TLReader) {
                        reader.descend()
                        reader.expect(0xab6fa621, of: "Node")
                        let flags = reader.word()
                        self.next = flags & 0x1 != 0 ? TL.Node(from: &reader) : nil
                        reader.ascend()
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(8)
                        writer.putWord(0xab6fa621)
                        var flags: Swift.UInt32 = 0
                        if self.next != nil { flags |= 0x1 }
                        writer.putWord(flags)
                        if let value = self.next { value.encode(into: &writer) }
                    }
                }

                """
        )
    }

    @Test func cycleThroughAVectorCountsLevelsInBothTypes() throws {
        let sample = try Sample(
            """
            a b:Vector<B> = A;
            b a:Vector<A> = B;
            """
        )
        #expect(
            sample.swift == """
                /// - Remark: `a#89e5b03f b:Vector<B> = A`.
                public final class A: TL.Object {
                    public let b: [TL.B]

                    public init(b: [TL.B]) {
                        self.b = b
                    }

                    public init(from reader: inout TLReader) {
                        reader.descend()
                        reader.expect(0x89e5b03f, of: "A")
                        self.b = reader.vector(of: TL.B.self)
                        reader.ascend()
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(4)
                        writer.putWord(0x89e5b03f)
                        writer.vector(self.b)
                    }
                }

                /// - Remark: `b#02e50a7c a:Vector<A> = B`.
                public final class B: TL.Object {
                    public let a: [TL.A]

                    public init(a: [TL.A]) {
                        self.a = a
                    }

                    public init(from reader: inout TLReader) {
                        reader.descend()
                        reader.expect(0x02e50a7c, of: "B")
                        self.a = reader.vector(of: TL.A.self)
                        reader.ascend()
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(4)
                        writer.putWord(0x02e50a7c)
                        writer.vector(self.a)
                    }
                }

                """
        )
    }

    @Test func typeHeldWithoutItsNumberHasASecondForm() throws {
        let sample = try Sample(
            """
            a x:int = A;
            b a:%A = B;
            """
        )
        #expect(
            sample.swift == """
                /// - Remark: `a#d2aa78f6 x:int = A`.
                public final class A: TL.Object {
                    public let x: Swift.Int32

                    public init(x: Swift.Int32) {
                        self.x = x
                    }

                    public init(from reader: inout TLReader) {
                        reader.expect(0xd2aa78f6, of: "A")
                        self.x = reader.int()
                    }

                    public init(bare reader: inout TLReader) {
                        self.x = reader.int()
                    }

                    public func encodeBare(into writer: inout TLWriter) {
                        writer.reserve(4)
                        writer.putInt(self.x)
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(8)
                        writer.putWord(0xd2aa78f6)
                        writer.putInt(self.x)
                    }
                }

                /// - Remark: `b#171e5c3e a:a = B`.
                public final class B: TL.Object {
                    public let a: TL.A

                    public init(a: TL.A) {
                        self.a = a
                    }

                    public init(from reader: inout TLReader) {
                        reader.expect(0x171e5c3e, of: "B")
                        self.a = TL.A(bare: &reader)
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(4)
                        writer.putWord(0x171e5c3e)
                        self.a.encodeBare(into: &writer)
                    }
                }

                """
        )
    }

    @Test func typeThatHoldsItselfWithoutItsNumberCountsLevelsToo() throws {
        let sample = try Sample("link flags:# next:flags.0?link = Link;")
        #expect(
            sample.swift == """
                /// - Remark: `link#f2c1377a flags:# next:flags.0?link = Link`.
                public final class Link: TL.Object {
                    public let next: TL.Link?

                    public init(next: TL.Link? = nil) {
                        self.next = next
                    }

                    public init(from reader: inout TLReader) {
                        reader.descend()
                        reader.expect(0xf2c1377a, of: "Link")
                        let flags = reader.word()
                        self.next = flags & 0x1 != 0 ? TL.Link(bare: &reader) : nil
                        reader.ascend()
                    }

                    public init(bare reader: inout TLReader) {
                        reader.descend()
                        let flags = reader.word()
                        self.next = flags & 0x1 != 0 ? TL.Link(bare: &reader) : nil
                        reader.ascend()
                    }

                    public func encodeBare(into writer: inout TLWriter) {
                        writer.reserve(4)
                        var flags: Swift.UInt32 = 0
                        if self.next != nil { flags |= 0x1 }
                        writer.putWord(flags)
                        if let value = self.next { value.encodeBare(into: &writer) }
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(8)
                        writer.putWord(0xf2c1377a)
                        var flags: Swift.UInt32 = 0
                        if self.next != nil { flags |= 0x1 }
                        writer.putWord(flags)
                        if let value = self.next { value.encodeBare(into: &writer) }
                    }
                }

                """
        )
    }
}
