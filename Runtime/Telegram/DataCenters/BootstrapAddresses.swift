/// Where Telegram's data centres can be reached before they have told so themselves.
///
/// See <https://core.telegram.org/api/datacenter>. The first address is that of a new session.
enum BootstrapAddresses {
    static let production: [DataCenterAddress] = [
        DataCenterAddress(id: 2, host: "149.154.167.51", port: 443),
        DataCenterAddress(id: 2, host: "2001:67c:4e8:f002::a", port: 443),
        DataCenterAddress(id: 1, host: "149.154.175.53", port: 443),
        DataCenterAddress(id: 1, host: "2001:b28:f23d:f001::a", port: 443),
        DataCenterAddress(id: 3, host: "149.154.175.100", port: 443),
        DataCenterAddress(id: 3, host: "2001:b28:f23d:f003::a", port: 443),
        DataCenterAddress(id: 4, host: "149.154.167.91", port: 443),
        DataCenterAddress(id: 4, host: "2001:67c:4e8:f004::a", port: 443),
        DataCenterAddress(id: 5, host: "91.108.56.130", port: 443),
        DataCenterAddress(id: 5, host: "2001:b28:f23f:f005::a", port: 443),
    ]

    static let test: [DataCenterAddress] = [
        DataCenterAddress(id: 2, host: "149.154.167.40", port: 443),
        DataCenterAddress(id: 2, host: "2001:67c:4e8:f002::e", port: 443),
        DataCenterAddress(id: 1, host: "149.154.175.10", port: 443),
        DataCenterAddress(id: 1, host: "2001:b28:f23d:f001::e", port: 443),
        DataCenterAddress(id: 3, host: "149.154.175.117", port: 443),
        DataCenterAddress(id: 3, host: "2001:b28:f23d:f003::e", port: 443),
    ]
}
