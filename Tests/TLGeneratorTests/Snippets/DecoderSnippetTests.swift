import Testing

@testable import TLGenerator

/// What servers read functions with: schema lines and their exact Swift.
@Suite struct DecoderSnippetTests {
    @Test func functionIsReadThroughItsInitialiser() throws {
        let sample = try Sample(
            """
            ---functions---
            send flags:# silent:flags.0?true spare:# text:string id:flags.1?int = Bool;
            """
        )
        #expect(
            sample.decoders == """
                extension TL.Send {
                    public init(from reader: inout TLReader) {
                        reader.expect(0x752465fd, of: "send")
                        let flags = reader.word()
                        let silent = flags & 0x1 != 0
                        _ = reader.word()
                        let text = reader.string()
                        let id = flags & 0x2 != 0 ? reader.int() : nil
                        self.init(silent: silent, text: text, id: id)
                    }
                }

                """
        )
    }

    @Test func variablesAvoidWhatIsInScope() throws {
        let sample = try Sample(
            """
            ---functions---
            f reader:# x:reader.0?int function:int in:string inout:int = Bool;
            """
        )
        #expect(
            sample.decoders == """
                extension TL.F {
                    public init(from reader: inout TLReader) {
                        reader.expect(0x7ba12e33, of: "f")
                        let reader_ = reader.word()
                        let x = reader_ & 0x1 != 0 ? reader.int() : nil
                        let function_ = reader.int()
                        let `in` = reader.string()
                        let `inout` = reader.int()
                        self.init(x: x, function: function_, in: `in`, `inout`: `inout`)
                    }
                }

                """
        )
    }

    @Test func wrapperReadsAnyFunction() throws {
        let sample = try Sample(
            """
            ---functions---
            messages.invoke {X:Type} flags:# before:int query:!X after:flags.0?string = X;
            """
        )
        #expect(
            sample.decoders == """
                extension TL {
                    static func messagesInvoke(from reader: inout TLReader) -> (any TL.Function)? {
                        reader.descend()
                        reader.expect(0x13f0e801, of: "messages.invoke")
                        let flags = reader.word()
                        let before = reader.int()
                        let query = function(from: &reader)
                        let after = flags & 0x1 != 0 ? reader.string() : nil
                        reader.ascend()
                        guard let query else { return nil }
                        func wrap(_ query: some TL.Function) -> any TL.Function { TL.messages.Invoke(before: before, query: query, after: after) }
                        return wrap(query)
                    }
                }

                """
        )
    }

    @Test func queryOfAWrapperMayHaveAnyName() throws {
        let sample = try Sample(
            """
            ---functions---
            invoke {X:Type} reader:!X wrap:int = X;
            """
        )
        #expect(
            sample.decoders == """
                extension TL {
                    static func invoke(from reader: inout TLReader) -> (any TL.Function)? {
                        reader.descend()
                        reader.expect(0x7607afc2, of: "invoke")
                        let reader_ = function(from: &reader)
                        let wrap_ = reader.int()
                        reader.ascend()
                        guard let reader_ else { return nil }
                        func wrap(_ reader_: some TL.Function) -> any TL.Function { TL.Invoke(reader: reader_, wrap: wrap_) }
                        return wrap(reader_)
                    }
                }

                """
        )
    }
}
