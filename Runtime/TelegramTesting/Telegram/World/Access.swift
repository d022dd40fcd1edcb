/// What a request needs before it is looked at.
enum Access: Sendable {
    /// Nothing.
    case anybody
    /// An account that has still to prove its password, or more.
    case halfSignedIn
    /// An account, also one that was carried over from another data centre.
    case signedInAnywhere
    /// An account, at its own data centre.
    case signedIn
}
