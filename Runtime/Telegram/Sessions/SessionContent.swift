/// All that a session keeps, except for peers.
public struct SessionContent: Sendable, Hashable {
    /// The data centre of the account; `nil` until the first connection.
    public var home: DataCenterAddress?
    /// The permanent key of each data centre that one has been made with: 256 bytes, as good as a password.
    public var authKeys: [Int32: [UInt8]]
    /// Who is signed in; `nil` when nobody is, or it is not known.
    public var account: SessionAccount?
    /// The export that is under way.
    public var takeoutID: Int64?
    /// How far updates have been processed.
    public var updateState: UpdateState?
    /// The same for each channel: its pts.
    public var channelStates: [Int64: Int32]

    /// Creates the content of a new session.
    public init(
        home: DataCenterAddress? = nil,
        authKeys: [Int32: [UInt8]] = [:],
        account: SessionAccount? = nil,
        takeoutID: Int64? = nil,
        updateState: UpdateState? = nil,
        channelStates: [Int64: Int32] = [:]
    ) {
        self.home = home
        self.authKeys = authKeys
        self.account = account
        self.takeoutID = takeoutID
        self.updateState = updateState
        self.channelStates = channelStates
    }
}
