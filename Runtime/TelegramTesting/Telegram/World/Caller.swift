/// Who makes a request, and when.
struct Caller: Sendable {
    /// The permanent key, which authorisations belong to.
    let authKeyID: Int64
    let dataCenterID: Int32
    /// The session, which is not sent what its answer says already.
    var session: SessionAddress?
    var clientInfo: TestClientInfo?
    var takeoutID: Int64?
    /// The server's clock, in Unix time.
    let now: Int32
    /// The account that is signed in, or zero.
    var accountID: Int64 = 0
}
