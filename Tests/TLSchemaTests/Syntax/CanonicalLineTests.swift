import TLSchema
import Testing

@Suite struct CanonicalLineTests {
    /// Declarations of Telegram whose numbers are public knowledge: each is the CRC32 of what is expected here.
    static let lines: [(written: String, canonical: String)] = [
        ("boolTrue#997275b5 = Bool;", "boolTrue = Bool"),
        ("vector#1cb5c415 {t:Type} # [ t ] = Vector t;", "vector t:Type # [ t ] = Vector t"),
        ("int#a8509bda ? = Int;", "int ? = Int"),
        ("---functions---\nping#7abe77ec ping_id:long = Pong;", "ping ping_id:long = Pong"),
        (
            "---functions---\ninvokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;",
            "invokeWithLayer X:Type layer:int query:!X = X"
        ),
        (
            "msgs_state_info#04deb57d req_msg_id:long info:bytes = MsgsStateInfo;",
            "msgs_state_info req_msg_id:long info:string = MsgsStateInfo"
        ),
        (
            "msg_new_detailed_info#809db6df answer_msg_id:long bytes:int status:int = MsgDetailedInfo;",
            "msg_new_detailed_info answer_msg_id:long bytes:int status:int = MsgDetailedInfo"
        ),
        (
            "updateGroupCallChainBlocks#a477288f call:InputGroupCall sub_chain_id:int blocks:Vector<bytes> "
                + "next_offset:int = Update;",
            "updateGroupCallChainBlocks call:InputGroupCall sub_chain_id:int blocks:Vector bytes "
                + "next_offset:int = Update"
        ),
        (
            "codeSettings#ad253d78 flags:# allow_flashcall:flags.0?true current_number:flags.1?true "
                + "allow_app_hash:flags.4?true allow_missed_call:flags.5?true allow_firebase:flags.7?true "
                + "unknown_number:flags.9?true logout_tokens:flags.6?Vector<bytes> token:flags.8?string "
                + "app_sandbox:flags.8?Bool = CodeSettings;",
            "codeSettings flags:# logout_tokens:flags.6?Vector bytes token:flags.8?string "
                + "app_sandbox:flags.8?Bool = CodeSettings"
        ),
    ]

    @Test(arguments: lines)
    func numberIsTheChecksumOfTheLine(written: String, canonical: String) throws {
        let (syntax, diagnostics) = SchemaSyntax.parse(SchemaSource(path: "s.tl", text: written))
        #expect(diagnostics.isEmpty)
        let declaration = try #require(syntax.declarations.first)
        #expect(CanonicalLine.text(of: declaration) == canonical)
        #expect(CanonicalLine.number(of: canonical) == declaration.number)
    }

    @Test func presenceBitsOfEveryFlagsWordAreDropped() throws {
        let text = "a flags:# b:flags.0?true flags2:# c:flags2.31?true d:flags2.0?bytes e:true = A;"
        let declaration = try #require(
            SchemaSyntax.parse(SchemaSource(path: "s.tl", text: text)).syntax.declarations.first
        )
        #expect(CanonicalLine.text(of: declaration) == "a flags:# flags2:# d:flags2.0?string e:true = A")
    }

    @Test(arguments: [
        "a b:Vector<Vector<int>> = A;", "a b:(Vector (Vector int)) = A;", "a\tb:Vector < Vector<int>\n> =A ;",
    ])
    func spellingsOfOneTypeGiveOneLine(text: String) throws {
        let declaration = try #require(
            SchemaSyntax.parse(SchemaSource(path: "s.tl", text: text)).syntax.declarations.first
        )
        #expect(CanonicalLine.text(of: declaration) == "a b:Vector Vector int = A")
    }

    @Test(arguments: [
        ("", 0), ("123456789", 0xCBF4_3926), ("The quick brown fox jumps over the lazy dog", 0x414F_A339),
    ])
    func checksumIsTheOneOfZlib(text: String, number: UInt32) {
        #expect(CanonicalLine.number(of: text) == number)
        #expect(CanonicalLine.number(of: Array(text.utf8)) == number)
    }
}
