/// One change of a session's content. A store that writes a journal writes one record for it.
public enum SessionChange: Sendable, Hashable {
    /// Another data centre is the account's, or it has another address.
    case home(DataCenterAddress)
    /// The permanent key of a data centre; `nil` when it is gone.
    case authKey(dataCenter: Int32, [UInt8]?)
    /// Somebody has signed in, or out.
    case account(SessionAccount?)
    /// An export has begun or ended.
    case takeout(Int64?)
    /// Updates have been processed.
    case updateState(UpdateState?)
    /// Updates of a channel have been processed; `nil` forgets the channel.
    case channelState(channel: Int64, pts: Int32?)
}

extension SessionContent {
    /// Makes a change.
    public mutating func apply(_ change: SessionChange) {
        switch change {
        case .home(let address): home = address
        case .authKey(let dataCenter, let key): authKeys[dataCenter] = key
        case .account(let account): self.account = account
        case .takeout(let id): takeoutID = id
        case .updateState(let state): updateState = state
        case .channelState(let channel, let pts): channelStates[channel] = pts
        }
    }
}
