import Testing

@testable import TLGenerator

/// Types with one constructor: schema lines and their exact Swift.
@Suite struct ClassSnippetTests {
    @Test func typeWithOneConstructorIsAClass() throws {
        let sample = try Sample("a = A;")
        #expect(
            sample.swift == """
                /// - Remark: `a#7aae25b9 = A`.
                public final class A: TL.Object {
                    public init() {}

                    public init(from reader: inout TLReader) {
                        reader.expect(0x7aae25b9, of: "A")
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(4)
                        writer.putWord(0x7aae25b9)
                    }
                }

                """
        )
    }

    @Test func fieldsOfFixedSizeShareOneReservation() throws {
        let sample = try Sample("a x:int y:long text:string on:Bool = A;")
        #expect(
            sample.swift == """
                /// - Remark: `a#2c1897fc x:int y:long text:string on:Bool = A`.
                public final class A: TL.Object {
                    public let x: Swift.Int32
                    public let y: Swift.Int64
                    public let text: Swift.String
                    public let on: Swift.Bool

                    public init(x: Swift.Int32, y: Swift.Int64, text: Swift.String, on: Swift.Bool) {
                        self.x = x
                        self.y = y
                        self.text = text
                        self.on = on
                    }

                    public init(from reader: inout TLReader) {
                        reader.expect(0x2c1897fc, of: "A")
                        self.x = reader.int()
                        self.y = reader.long()
                        self.text = reader.string()
                        self.on = reader.bool()
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(16)
                        writer.putWord(0x2c1897fc)
                        writer.putInt(self.x)
                        writer.putLong(self.y)
                        writer.string(self.text)
                        writer.reserve(4)
                        writer.putBool(self.on)
                    }
                }

                """
        )
    }

    @Test func conditionsBecomeOptionalsAndBools() throws {
        let sample = try Sample("a flags:# x:flags.0?int on:flags.31?true list:flags.1?Vector<bytes> = A;")
        #expect(
            sample.swift == """
                /// - Remark: `a#3e50498c flags:# x:flags.0?int on:flags.31?true list:flags.1?Vector<bytes> = A`.
                public final class A: TL.Object {
                    public let x: Swift.Int32?
                    public let on: Swift.Bool
                    public let list: [[Swift.UInt8]]?

                    public init(x: Swift.Int32? = nil, on: Swift.Bool = false, list: [[Swift.UInt8]]? = nil) {
                        self.x = x
                        self.on = on
                        self.list = list
                    }

                    public init(from reader: inout TLReader) {
                        reader.expect(0x3e50498c, of: "A")
                        let flags = reader.word()
                        self.x = flags & 0x1 != 0 ? reader.int() : nil
                        self.on = flags & 0x80000000 != 0
                        self.list = flags & 0x2 != 0 ? reader.vector { reader in reader.bytes() } : nil
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(12)
                        writer.putWord(0x3e50498c)
                        var flags: Swift.UInt32 = 0
                        if self.x != nil { flags |= 0x1 }
                        if self.list != nil { flags |= 0x2 }
                        if self.on { flags |= 0x80000000 }
                        writer.putWord(flags)
                        if let value = self.x { writer.putInt(value) }
                        if let value = self.list { writer.vector(value) { element, writer in writer.bytes(element) } }
                    }
                }

                """
        )
    }

    @Test func wordsWithoutFieldsAreReadAndWrittenAsZero() throws {
        let sample = try Sample("a flags:# spare:# x:int = A;")
        #expect(
            sample.swift == """
                /// - Remark: `a#b9cb91c3 flags:# spare:# x:int = A`.
                public final class A: TL.Object {
                    public let x: Swift.Int32

                    public init(x: Swift.Int32) {
                        self.x = x
                    }

                    public init(from reader: inout TLReader) {
                        reader.expect(0xb9cb91c3, of: "A")
                        _ = reader.word()
                        _ = reader.word()
                        self.x = reader.int()
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(16)
                        writer.putWord(0xb9cb91c3)
                        writer.putWord(0)
                        writer.putWord(0)
                        writer.putInt(self.x)
                    }
                }

                """
        )
    }

    @Test func everyWordHasItsOwnBits() throws {
        let sample = try Sample("a flags:# x:flags.0?int flags2:# y:flags2.0?true z:flags.1?string = A;")
        #expect(
            sample.swift == """
                /// - Remark: `a#664e9385 flags:# x:flags.0?int flags2:# y:flags2.0?true z:flags.1?string = A`.
                public final class A: TL.Object {
                    public let x: Swift.Int32?
                    public let y: Swift.Bool
                    public let z: Swift.String?

                    public init(x: Swift.Int32? = nil, y: Swift.Bool = false, z: Swift.String? = nil) {
                        self.x = x
                        self.y = y
                        self.z = z
                    }

                    public init(from reader: inout TLReader) {
                        reader.expect(0x664e9385, of: "A")
                        let flags = reader.word()
                        self.x = flags & 0x1 != 0 ? reader.int() : nil
                        let flags2 = reader.word()
                        self.y = flags2 & 0x1 != 0
                        self.z = flags & 0x2 != 0 ? reader.string() : nil
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(16)
                        writer.putWord(0x664e9385)
                        var flags: Swift.UInt32 = 0
                        if self.x != nil { flags |= 0x1 }
                        if self.z != nil { flags |= 0x2 }
                        writer.putWord(flags)
                        if let value = self.x { writer.putInt(value) }
                        var flags2: Swift.UInt32 = 0
                        if self.y { flags2 |= 0x1 }
                        writer.putWord(flags2)
                        if let value = self.z { writer.string(value) }
                    }
                }

                """
        )
    }
}
