import Telegram
import Testing

@Suite struct StringSessionTests {
    /// Made by Telethon.
    private static let ipv4 =
        "1ApWapzMBuwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj9AQUJDREVGR0hJSk"
        + "tMTU5PUFFSU1RVVldYWVpbXF1eX2BhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ent8fX5_gIGCg4SFhoeIiYqLjI2Oj5CRkpOUlZaXmJmam5"
        + "ydnp-goaKjpKWmp6ipqqusra6vsLGys7S1tre4ubq7vL2-v8DBwsPExcbHyMnKy8zNzs_Q0dLT1NXW19jZ2tvc3d7f4OHi4-Tl5ufo6err7O"
        + "3u7_Dx8vP09fb3-Pn6-_z9_v8="
    private static let key = (0...255).map { UInt8($0) }

    @Test func readsWhatTelethonWrites() async throws {
        #expect(Self.ipv4.utf8.count == 353)
        let session = try StringSession(Self.ipv4)
        let content = try session.open()
        #expect(content.home == DataCenterAddress(id: 2, host: "149.154.167.51", port: 443))
        #expect(content.authKeys == [2: Self.key])
        #expect(content.account == nil)
        #expect(session.string == Self.ipv4)
    }

    @Test func writesWhatTelethonReads() async throws {
        let session = StringSession()
        _ = try session.open()
        #expect(session.string.isEmpty)
        try session.apply([.home(DataCenterAddress(id: 2, host: "149.154.167.51", port: 443))])
        #expect(session.string.isEmpty)
        try session.apply([.authKey(dataCenter: 4, [1])])
        #expect(session.string.isEmpty)
        try session.apply([.authKey(dataCenter: 2, Self.key)])
        #expect(session.string == Self.ipv4)
        try session.apply([.home(DataCenterAddress(id: 2, host: "2001:67c:4e8:f002::a", port: 443))])
        #expect(session.string.utf8.count == 369)
        #expect(session.string.hasPrefix("1AiABBnwE6PACAAAAAAAAAAoBuwABAgME"))
        let copy = try StringSession(session.string)
        #expect(try copy.open().home?.host == "2001:67c:4e8:f002::a")
        try session.apply([.home(DataCenterAddress(id: 2, host: "telegram.example", port: 443))])
        #expect(session.string.isEmpty)
    }

    @Test(arguments: [(Int32(1), UInt16(1)), (255, 65535), (5, 80)])
    func everyNumberSurvives(dataCenter: Int32, port: UInt16) async throws {
        let session = try StringSession("")
        _ = try session.open()
        let home = DataCenterAddress(id: dataCenter, host: "1.2.3.4", port: port)
        let key = [UInt8](repeating: 0xFB, count: 256)
        try session.apply([.home(home), .authKey(dataCenter: dataCenter, key)])
        let copy = try StringSession(" \(session.string)\n")
        let content = try copy.open()
        #expect(content.home == home)
        #expect(content.authKeys == [dataCenter: key])
        #expect(copy.string == session.string)
    }

    @Test func textWithoutPaddingIsEnough() throws {
        #expect(try StringSession(String(Self.ipv4.dropLast())).string == Self.ipv4)
    }

    @Test func keyOfZerosIsNone() throws {
        let text = Self.ipv4.prefix(11) + String(repeating: "A", count: 341) + "="
        let session = try StringSession(String(text))
        #expect(try session.open() == SessionContent())
        #expect(session.string.isEmpty)
    }

    private static let broken: [String] = [
        "x", "1", "1AAAA", "2\(ipv4.dropFirst())", "\(ipv4)A", String(ipv4.dropLast(5)), "1!\(ipv4.dropFirst(2))",
        "\(ipv4.dropLast(2))*=", "1AA\(ipv4.dropFirst(3))",
    ]

    @Test(arguments: broken)
    func anythingElseIsRefusedWithoutShowingIt(text: String) throws {
        let error = #expect(throws: SessionError.self) { try StringSession(text) }
        #expect(error?.code == .invalidString)
        #expect(error?.message.contains(Self.ipv4.suffix(40)) == false)
    }

    @Test func deletingForgetsTheKey() async throws {
        let session = try StringSession(Self.ipv4)
        _ = try session.open()
        session.delete()
        #expect(session.string.isEmpty)
        #expect(try session.open() == SessionContent())
    }
}
