import TLRuntime
import Testing

@Suite("RPCErrorCatalog")
struct RPCErrorCatalogTests {
    private static let known: [(String, RPCError.Type, Int?)] = [
        ("FLOOD_WAIT_42", RPCError.TestFloodWait.self, 42),
        ("FLOOD_WAIT_0", RPCError.TestFloodWait.self, 0),
        ("FLOOD_WAIT_007", RPCError.TestFloodWait.self, 7),
        ("flood_wait_42", RPCError.TestFloodWait.self, 42),
        ("FLOOD_WAIT_999999999999999", RPCError.TestFloodWait.self, 999_999_999_999_999),
        ("2FA_CONFIRM_WAIT_42", RPCError.TestConfirmWait.self, 42),
        ("FILE_PART_3_MISSING", RPCError.TestPartMissing.self, 3),
        ("PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_5MIN", RPCError.TestImportWait.self, 5),
        ("previous_chat_import_active_wait_5min", RPCError.TestImportWait.self, 5),
        ("AUTH_TOKEN_INVALID2", RPCError.TestTokenInvalid2.self, nil),
        ("ALLOW_PAYMENT_REQUIRED", RPCError.TestPayment.self, nil),
        ("ALLOW_PAYMENT_REQUIRED_10", RPCError.TestPaymentStars.self, 10),
        ("PHONE_OCCUPIED", RPCError.TestPhoneOccupied.self, nil),
    ]

    @Test(arguments: known)
    func knownNamesHaveTheirClassAndNumber(_ name: String, _ type: RPCError.Type, _ value: Int?) {
        let error = testCatalog.error(code: 400, name: name)
        #expect(Swift.type(of: error) == type)
        #expect(error.value == value)
        #expect(error.name == name)
    }

    private static let unknown: [(String, Int?)] = [
        ("", nil), ("NEW", nil), ("NEW_42", 42), ("42", 42), ("4_NEW_2", 4), ("FLOOD_WAIT_", nil), ("FLOOD_WAIT", nil),
        ("FLOOD_WAIT_4_2", 4), ("FLOOD_WAIT_42X", 42), ("FILE_PART_1_2_MISSING", 1), ("AUTH_TOKEN_INVALID3", 3),
        ("FLOOD_WAIT_-5", 5), ("FLOOD_WAIT_٤٢", nil), ("é", nil),
    ]

    @Test(arguments: unknown)
    func unknownNamesFallBackToTheFamilyOfTheCode(_ name: String, _ value: Int?) {
        let error = testCatalog.error(code: 403, name: name)
        #expect(Swift.type(of: error) == RPCError.Forbidden.self)
        #expect(error.value == value)
        #expect(error.name == name)
        #expect(error.explanation == nil)
    }

    @Test(arguments: [(420, 420), (-420, 420), (500, 500), (0, 0), (Int.min, Int.max)])
    func codeOnTheWireIsKeptAndMadePositive(_ wire: Int, _ code: Int) {
        let error = testCatalog.error(code: wire, name: "FLOOD_WAIT_1")
        #expect(error is RPCError.TestFloodWait)
        #expect(error.code == code)
        #expect(testCatalog.error(code: wire, name: "NEW").code == code)
    }

    @Test func unknownCodesFallBackToTheRoot() {
        #expect(type(of: testCatalog.error(code: 777, name: "NEW_1")) == RPCError.self)
        #expect(type(of: testCatalog.error(code: .min, name: "NEW_1")) == RPCError.self)
    }

    @Test func explanationComesFromTheTable() {
        #expect(testCatalog.error(code: 420, name: "FLOOD_WAIT_17").explanation == "wait 17 seconds")
        #expect(testCatalog.error(code: 400, name: "PHONE_OCCUPIED").explanation == "?")
        #expect(testCatalog.error(code: 400, name: "ALLOW_PAYMENT_REQUIRED").explanation == nil)
    }

    @Test func pathIsPassedOn() {
        for name in ["FLOOD_WAIT_1", "PHONE_OCCUPIED", "NEW"] {
            #expect(testCatalog.error(code: 400, name: name, path: ["a", "b"]).path == ["a", "b"])
        }
    }

    /// Numbers that nobody can wait for must not end up as `seconds: 0`, nor trap where they are multiplied.
    @Test(arguments: [
        "1000000000000000", "9223372036854775807", "99999999999999999999", String(repeating: "9", count: 200),
    ])
    func absurdNumbersAreNone(_ digits: String) {
        let error = testCatalog.error(code: 420, name: "FLOOD_WAIT_" + digits)
        #expect(type(of: error) == RPCError.Flood.self)
        #expect(error.value == nil)
    }

    @Test(arguments: [244, 245, 300, 1_000_000])
    func absurdlyLongNamesMatchNoPattern(_ length: Int) {
        let name = "FLOOD_WAIT_1" + String(repeating: "_", count: length)
        let error = testCatalog.error(code: 420, name: name)
        #expect(type(of: error) == RPCError.Flood.self)
        #expect(error.name == name)
        #expect(error.value == (length == 244 ? 1 : nil))
    }

    @Test func severalNumbersAreTriedFromTheLeft() {
        let catalog = RPCErrorCatalog([
            ("A_1_B_%d", "", RPCError.TestPayment.self), ("A_%d_B_2", "", RPCError.TestPaymentStars.self),
            ("1_2_3_%d", "", RPCError.TestFloodWait.self), ("1_2_3_4_%d", "", RPCError.TestConfirmWait.self),
        ])
        #expect(catalog.error(code: 400, name: "A_1_B_7") is RPCError.TestPayment)
        #expect(catalog.error(code: 400, name: "A_7_B_2") is RPCError.TestPaymentStars)
        #expect(catalog.error(code: 400, name: "A_1_B_2").value == 1)
        #expect(catalog.error(code: 400, name: "1_2_3_9").value == 9)
        #expect(type(of: catalog.error(code: 400, name: "1_2_3_4_9")) == RPCError.BadRequest.self)
    }

    @Test func laterOfTwoEntriesCounts() {
        let catalog = RPCErrorCatalog([("X", "", RPCError.TestPayment.self), ("x", "", RPCError.TestFloodWait.self)])
        #expect(catalog.error(code: 400, name: "X") is RPCError.TestFloodWait)
    }

    @Test func emptyCatalogKnowsFamilies() {
        #expect(RPCErrorCatalog([]).error(code: 401, name: "X") is RPCError.Unauthorized)
    }
}
