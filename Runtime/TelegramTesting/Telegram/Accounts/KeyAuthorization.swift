/// Who is signed in with a key, and how far.
struct KeyAuthorization: Sendable {
    /// What other sessions name it by; never zero.
    let hash: Int64
    let accountID: Int64
    let dataCenter: Int32
    let createdAt: Int32
    var activeAt: Int32
    let clientInfo: TestClientInfo?
    /// The password has still to be proved.
    var isPasswordPending = false
    /// Carried over from the account's own data centre, which is not this one: good for files.
    var isImported = false
    /// How many batches in the order of `seq` the key was sent.
    var seq: Int32 = 0
}
