import MTProto
import Telegram
import Testing

struct DataCenterListTests {
    private let ordinary = ConnectionKey(dataCenter: 4, role: .ordinary)

    private func list(_ options: [TL.DcOption]) -> DataCenterList {
        var list = DataCenterList(bootstrap: [
            DataCenterAddress(id: 2, host: "10.0.0.2", port: 443),
            DataCenterAddress(id: 4, host: "10.0.0.4", port: 443),
            DataCenterAddress(id: 4, host: "fd00::4", port: 443),
        ])
        list.replaceOptions(options)
        return list
    }

    private func hosts(
        _ list: DataCenterList,
        _ key: ConnectionKey,
        _ preferences: DataCenterList.Preferences = .init()
    ) -> [String] {
        list.endpoints(for: key, preferences).map(\.host)
    }

    @Test func bootstrapAddressServesUntilTheServerHasSaidMore() {
        #expect(hosts(list([]), ordinary) == ["10.0.0.4", "fd00::4"])
        #expect(hosts(list([]), ordinary, .init(useIPv6: true)) == ["fd00::4", "10.0.0.4"])
        #expect(hosts(list([]), ConnectionKey(dataCenter: 9, role: .ordinary)).isEmpty)
        #expect(list([]).address(of: 4, .init())?.host == "10.0.0.4")
    }

    @Test func addressesForOtherPurposesAreSkipped() {
        let list = list([
            TL.DcOption(mediaOnly: true, id: 4, ipAddress: "1.0.0.1", port: 443),
            TL.DcOption(cdn: true, id: 4, ipAddress: "1.0.0.2", port: 443),
            TL.DcOption(tcpoOnly: true, id: 4, ipAddress: "1.0.0.3", port: 443),
            TL.DcOption(id: 4, ipAddress: "1.0.0.4", port: 443, secret: [1]),
            TL.DcOption(id: 2, ipAddress: "1.0.0.5", port: 443),
            TL.DcOption(id: 4, ipAddress: "", port: 443),
            TL.DcOption(id: 4, ipAddress: "1.0.0.6", port: 70_000),
            TL.DcOption(id: 4, ipAddress: "1.0.0.7", port: 443),
        ])
        #expect(hosts(list, ordinary) == ["1.0.0.7", "10.0.0.4", "fd00::4"])
        #expect(hosts(list, ordinary, .init(isObfuscated: true)) == ["1.0.0.3", "1.0.0.7", "10.0.0.4", "fd00::4"])
        let media = ConnectionKey(dataCenter: 4, role: .media())
        #expect(hosts(list, media) == ["1.0.0.1", "1.0.0.7", "10.0.0.4", "fd00::4"])
        #expect(hosts(list, ConnectionKey(dataCenter: 4, role: .cdn)) == ["1.0.0.2"])
    }

    @Test func fixedAddressesAreForProxies() {
        let list = list([
            TL.DcOption(static: true, id: 4, ipAddress: "1.0.0.1", port: 443),
            TL.DcOption(thisPortOnly: true, id: 4, ipAddress: "1.0.0.2", port: 443),
            TL.DcOption(id: 4, ipAddress: "1.0.0.3", port: 443),
        ])
        #expect(hosts(list, ordinary) == ["1.0.0.3", "1.0.0.2", "1.0.0.1", "10.0.0.4", "fd00::4"])
        #expect(hosts(list, ordinary, .init(usesProxy: true)).first == "1.0.0.1")
    }

    @Test func otherFamilyComesAfterTheWantedOne() {
        let list = list([
            TL.DcOption(ipv6: true, id: 4, ipAddress: "fd00::9", port: 443),
            TL.DcOption(ipv6: true, id: 5, ipAddress: "fd00::5", port: 443),
        ])
        #expect(hosts(list, ordinary, .init(useIPv6: true)) == ["fd00::9", "fd00::4", "10.0.0.4"])
        #expect(hosts(list, ordinary) == ["10.0.0.4", "fd00::9", "fd00::4"])
        #expect(hosts(list, ConnectionKey(dataCenter: 5, role: .ordinary)) == ["fd00::5"])
        #expect(hosts(list, ConnectionKey(dataCenter: 2, role: .ordinary), .init(useIPv6: true)) == ["10.0.0.2"])
    }

    @Test func emptyAnswerReplacesNothing() {
        var list = list([TL.DcOption(id: 4, ipAddress: "1.0.0.1", port: 443)])
        list.replaceOptions([])
        #expect(hosts(list, ordinary) == ["1.0.0.1", "10.0.0.4", "fd00::4"])
    }
}
