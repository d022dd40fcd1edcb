extension SessionContent {
    /// The changes that make this of an empty content, always in the same order.
    var changes: [SessionChange] {
        var changes: [SessionChange] = []
        if let home { changes.append(.home(home)) }
        for (dataCenter, key) in authKeys.sorted(by: { $0.key < $1.key }) {
            changes.append(.authKey(dataCenter: dataCenter, key))
        }
        if let account { changes.append(.account(account)) }
        if let takeoutID { changes.append(.takeout(takeoutID)) }
        if let updateState { changes.append(.updateState(updateState)) }
        for (channel, pts) in channelStates.sorted(by: { $0.key < $1.key }) {
            changes.append(.channelState(channel: channel, pts: pts))
        }
        return changes
    }

    /// Whether a change would change nothing.
    func has(_ change: SessionChange) -> Bool {
        switch change {
        case .home(let address): home == address
        case .authKey(let dataCenter, let key): authKeys[dataCenter] == key
        case .account(let account): self.account == account
        case .takeout(let id): takeoutID == id
        case .updateState(let state): updateState == state
        case .channelState(let channel, let pts): channelStates[channel] == pts
        }
    }
}
