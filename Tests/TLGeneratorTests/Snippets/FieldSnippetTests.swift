import Testing

@testable import TLGenerator

/// Groups of fields and unusual names: schema lines and their exact Swift.
@Suite struct FieldSnippetTests {
    @Test func fieldsOnOneBitAreCheckedBeforeAnythingIsWritten() throws {
        let sample = try Sample("a flags:# x:flags.0?int on:flags.0?true y:flags.0?string = A;")
        #expect(
            sample.swift == """
                /// - Remark: `a#9c1c14b0 flags:# x:flags.0?int on:flags.0?true y:flags.0?string = A`.
                public final class A: TL.Object {
                    /// Set together with `on`, `y`, or not at all.
                    public let x: Swift.Int32?
                    /// Set together with `x`, `y`, or not at all.
                    public let on: Swift.Bool
                    /// Set together with `x`, `on`, or not at all.
                    public let y: Swift.String?

                    public init(x: Swift.Int32? = nil, on: Swift.Bool = false, y: Swift.String? = nil) {
                        self.x = x
                        self.on = on
                        self.y = y
                    }

                    public init(from reader: inout TLReader) {
                        reader.expect(0x9c1c14b0, of: "A")
                        let flags = reader.word()
                        self.x = flags & 0x1 != 0 ? reader.int() : nil
                        self.on = flags & 0x1 != 0
                        self.y = flags & 0x1 != 0 ? reader.string() : nil
                    }

                    public func encode(into writer: inout TLWriter) {
                        if (self.x != nil) != (self.on) || (self.on) != (self.y != nil) { writer.failIncompleteGroup("x, on, y", of: "a") }
                        writer.reserve(12)
                        writer.putWord(0x9c1c14b0)
                        var flags: Swift.UInt32 = 0
                        if self.x != nil { flags |= 0x1 }
                        writer.putWord(flags)
                        if let value = self.x { writer.putInt(value) }
                        if let value = self.y { writer.string(value) }
                    }
                }

                """
        )
    }

    @Test func keywordsAndNamesOfParametersAreSafe() throws {
        let sample = try Sample("a self:int default:int inout:int reader:int writer:string = A;")
        #expect(
            sample.swift == """
                /// - Remark: `a#09ec54c7 self:int default:int inout:int reader:int writer:string = A`.
                public final class A: TL.Object {
                    public let isSelf: Swift.Int32
                    public let `default`: Swift.Int32
                    public let `inout`: Swift.Int32
                    public let reader: Swift.Int32
                    public let writer: Swift.String

                    public init(isSelf: Swift.Int32, default: Swift.Int32, `inout`: Swift.Int32, reader: Swift.Int32, writer: Swift.String) {
                        self.isSelf = isSelf
                        self.default = `default`
                        self.inout = `inout`
                        self.reader = reader
                        self.writer = writer
                    }

                    public init(from reader: inout TLReader) {
                        reader.expect(0x09ec54c7, of: "A")
                        self.isSelf = reader.int()
                        self.default = reader.int()
                        self.inout = reader.int()
                        self.reader = reader.int()
                        self.writer = reader.string()
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(20)
                        writer.putWord(0x09ec54c7)
                        writer.putInt(self.isSelf)
                        writer.putInt(self.default)
                        writer.putInt(self.inout)
                        writer.putInt(self.reader)
                        writer.string(self.writer)
                    }
                }

                """
        )
    }

    @Test func wordsAvoidTheNamesOfParameters() throws {
        let sample = try Sample("a reader:# x:reader.0?int writer:# y:writer.0?true = A;")
        #expect(
            sample.swift == """
                /// - Remark: `a#01478474 reader:# x:reader.0?int writer:# y:writer.0?true = A`.
                public final class A: TL.Object {
                    public let x: Swift.Int32?
                    public let y: Swift.Bool

                    public init(x: Swift.Int32? = nil, y: Swift.Bool = false) {
                        self.x = x
                        self.y = y
                    }

                    public init(from reader: inout TLReader) {
                        reader.expect(0x01478474, of: "A")
                        let reader_ = reader.word()
                        self.x = reader_ & 0x1 != 0 ? reader.int() : nil
                        let writer_ = reader.word()
                        self.y = writer_ & 0x1 != 0
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(16)
                        writer.putWord(0x01478474)
                        var reader_: Swift.UInt32 = 0
                        if self.x != nil { reader_ |= 0x1 }
                        writer.putWord(reader_)
                        if let value = self.x { writer.putInt(value) }
                        var writer_: Swift.UInt32 = 0
                        if self.y { writer_ |= 0x1 }
                        writer.putWord(writer_)
                    }
                }

                """
        )
    }

    @Test func constructorHeldWithoutItsNumberIsReadByOthers() throws {
        let sample = try Sample(
            """
            a x:int = T;
            b = T;
            holder a:a list:vector<a> = Holder;
            """
        )
        #expect(
            sample.declaration("public final class A") == """
                public final class A: Swift.Sendable {
                    public let x: Swift.Int32

                    public init(x: Swift.Int32) {
                        self.x = x
                    }

                    public init(from reader: inout TLReader) {
                        self.x = reader.int()
                    }

                    func encode(into writer: inout TLWriter) {
                        writer.reserve(8)
                        writer.putWord(0xbf779c1d)
                        writer.putInt(self.x)
                    }

                    public func encodeBare(into writer: inout TLWriter) {
                        writer.reserve(4)
                        writer.putInt(self.x)
                    }
                }

                """
        )
        #expect(
            sample.declaration("public final class Holder") == """
                public final class Holder: TL.Object {
                    public let a: TL.T.A
                    public let list: [TL.T.A]

                    public init(a: TL.T.A, list: [TL.T.A]) {
                        self.a = a
                        self.list = list
                    }

                    public init(from reader: inout TLReader) {
                        reader.expect(0x9b6f7d22, of: "Holder")
                        self.a = TL.T.A(from: &reader)
                        self.list = reader.bareVector { reader in TL.T.A(from: &reader) }
                    }

                    public func encode(into writer: inout TLWriter) {
                        writer.reserve(4)
                        writer.putWord(0x9b6f7d22)
                        self.a.encodeBare(into: &writer)
                        writer.bareVector(self.list) { element, writer in element.encodeBare(into: &writer) }
                    }
                }

                """
        )
    }
}
