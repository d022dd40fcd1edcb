import TLSchema
import Testing

@testable import TLGenerator

@Suite struct SwiftNamesTests {
    private static let names = SwiftNames(root: "TL")

    @Test(arguments: [
        ("user_id", "userID"), ("id", "id"), ("id_user", "idUser"), ("a_id_b", "aIDB"), ("msg_ids", "msgIDs"),
        ("ids", "ids"), ("url", "url"), ("thumb_url", "thumbURL"), ("urls_seen", "urlsSeen"), ("all_urls", "allURLs"),
        ("html", "html"), ("raw_html", "rawHTML"), ("dc", "dc"), ("this_dc", "thisDC"), ("dc_id", "dcID"),
        ("dh_prime", "dhPrime"), ("g_dh", "gDH"), ("identity", "identity"), ("valid", "valid"), ("acid", "acid"),
        ("flags2", "flags2"), ("a_1b", "a1b"), ("x__y", "xY"), ("_x", "x"), ("x_", "x"), ("userID", "userID"),
        ("Upper", "upper"), ("URL", "url"), ("URLList", "urlList"), ("_1", "_1"), ("_", "__"), ("__", "__"),
        ("self", "isSelf"), ("init", "initial"), ("Type", "type"), ("Self", "isSelf"), ("super", "superior"),
        ("default", "default"), ("class", "class"), ("Any", "any"),
    ])
    func fieldsAreInCamelCase(tl: String, swift: String) {
        #expect(Self.names.fieldName(tl, of: QualifiedName("a")) == swift)
    }

    @Test(arguments: [
        ("InputPeer", "InputPeer"), ("inputPeerUser", "InputPeerUser"), ("messages.Chats", "Chats"),
        ("p_q_inner_data", "PQInnerData"), ("P_Q_inner_data", "PQInnerData"), ("future_salt", "FutureSalt"),
        ("msg_id", "MsgID"), ("url_dc", "URLDC"), ("a__b", "AB"), ("a_1", "A1"), ("user2", "User2"), ("any", "`Any`"),
        ("type", "TypeValue"), ("self", "SelfValue"), ("protocol", "ProtocolValue"), ("class", "Class"),
        ("init", "Init"),
    ])
    func typesAreInPascalCase(tl: String, swift: String) {
        #expect(Self.names.typeName(QualifiedName(tl)) == swift)
    }

    @Test(arguments: [
        ("inputPeerSelf", "inputPeerSelf"), ("messages.messagesSlice", "messagesSlice"), ("default", "`default`"),
        ("class", "`class`"), ("self", "isSelf"), ("init", "initial"), ("p_q_inner_data", "pqInnerData"),
        ("dh_gen_ok", "dhGenOk"), ("future_salt", "futureSalt"), ("a_b", "ab"), ("none", "none"), ("user2", "user2"),
    ])
    func casesAreInCamelCase(tl: String, swift: String) {
        #expect(Self.names.caseName(QualifiedName(tl)) == swift)
    }

    @Test(arguments: [
        ("FLOOD_WAIT_%d", "FloodWait"), ("FIRSTNAME_INVALID", "FirstNameInvalid"),
        ("LASTNAME_INVALID", "LastNameInvalid"),
        ("SLOWMODE_WAIT_%d", "SlowModeWait"), ("2FA_CONFIRM_WAIT_%d", "TwoFaConfirmWait"), ("Timedout", "Timedout"),
        ("FILE_REFERENCE_%d_EXPIRED", "FileReferenceExpired"), ("CHAT_WAIT_%dMIN", "ChatWait"), ("A%dB", "AB"),
        ("%d", "Numbered"), ("TYPE", "TypeValue"), ("ANY", "`Any`"), ("A__B_", "AB"),
        ("USER_ID_INVALID", "UserIdInvalid"),
    ])
    func errorsAreInPascalCaseWithoutTheirNumber(tl: String, swift: String) {
        #expect(Self.names.errorName(tl) == swift)
    }

    @Test(arguments: [
        ("messages", "messages"), ("default", "`default`"), ("self", "isSelf"), ("type", "typeNamespace"),
        ("layer", "layerNamespace"), ("object", "objectNamespace"), ("function", "functionNamespace"),
        ("errorCatalog", "errorCatalogNamespace"), ("fieldTable", "fieldTableNamespace"),
    ])
    func namespacesKeepTheirCase(tl: String, swift: String) {
        #expect(Self.names.namespace(tl) == swift)
        #expect(Self.names.scope(tl) == "TL.\(swift)")
    }

    @Test func wrapperDecodersCarryTheirNamespace() {
        #expect(Self.names.wrapperDecoderName(QualifiedName("invokeWithLayer")) == "invokeWithLayer")
        #expect(Self.names.wrapperDecoderName(QualifiedName("messages.invoke")) == "messagesInvoke")
        #expect(Self.names.wrapperDecoderName(QualifiedName("default.any")) == "defaultAny")
    }

    @Test(arguments: [
        ("reader", "reader_"), ("writer", "writer_"), ("function", "function_"), ("wrap", "wrap_"), ("in", "`in`"),
        ("value", "value"),
    ])
    func variablesOfCodecsAvoidWhatIsInScope(field: String, variable: String) {
        #expect(Self.names.localName(field) == variable)
    }

    @Test func onlyThreeKeywordsNeedBackticksAsLabels() {
        #expect(["inout", "let", "var"].map(Self.names.label) == ["`inout`", "`let`", "`var`"])
        #expect(["in", "default", "class", "repeat"].map(Self.names.label) == ["in", "default", "class", "repeat"])
    }

    // MARK: - Overrides

    private func overridden(_ json: String) throws -> SwiftNames {
        let checked = NameOverrides.read(SchemaSource(path: "names.json", text: json))
        return SwiftNames(root: "TL", overrides: try #require(checked.value, "\(checked.diagnostics)"))
    }

    @Test func anOverrideOfOneFieldGoesBeforeOneOfAll() throws {
        let names = try overridden(
            """
            {"fields": {"x": {"name": "everywhere", "reason": "r"}, "messages.a.x": {"name": "here", "reason": "r"}}}
            """
        )
        #expect(names.fieldName("x", of: QualifiedName("messages.a")) == "here")
        #expect(names.fieldName("x", of: QualifiedName("a")) == "everywhere")
        #expect(names.fieldName("y", of: QualifiedName("messages.a")) == "y")
    }

    @Test func overridesAreMadeSafeLikeOtherNames() throws {
        let names = try overridden(
            """
            {"types": {"a": {"name": "Default", "reason": "r"}, "b": {"name": "Type", "reason": "r"},
                       "c": {"name": "Any", "reason": "r"}},
             "fields": {"x": {"name": "self", "reason": "r"}},
             "errors": {"E": {"name": "Type", "reason": "r"}}}
            """
        )
        #expect(names.caseName(QualifiedName("a")) == "`default`")
        #expect(names.typeName(QualifiedName("b")) == "TypeValue")
        #expect(names.typeName(QualifiedName("c")) == "`Any`")
        #expect(names.fieldName("x", of: QualifiedName("a")) == "isSelf")
        #expect(names.errorName("E") == "TypeValue")
    }
}
