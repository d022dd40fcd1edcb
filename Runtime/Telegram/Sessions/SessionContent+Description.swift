// What is printed may end in a log, and whoever has a key needs no password.

extension SessionContent: CustomStringConvertible {
    /// What is there, without keys.
    public var description: String {
        let keys = authKeys.keys.sorted().map { "\($0)" }.joined(separator: ", ")
        let home = home.map { "data centre \($0.id) at \($0.host):\($0.port)" } ?? "no data centre"
        let account = account.map { "\($0.isBot ? "bot" : "user") \($0.userID)" } ?? "nobody"
        return "session of \(account) with \(home), keys of data centres [\(keys)], \(channelStates.count) channels"
    }
}

extension SessionChange: CustomStringConvertible {
    /// The change, without keys.
    public var description: String {
        switch self {
        case .home(let address): "home data centre \(address.id) at \(address.host):\(address.port)"
        case .authKey(let dataCenter, let key): "\(key == nil ? "no" : "a") key of data centre \(dataCenter)"
        case .account(let account): account.map { "account \($0.userID)" } ?? "no account"
        case .takeout(let id): id.map { "takeout \($0)" } ?? "no takeout"
        case .updateState(let state): state.map { "updates up to pts \($0.pts)" } ?? "no state of updates"
        case .channelState(let channel, let pts):
            pts.map { "channel \(channel) up to pts \($0)" } ?? "no channel \(channel)"
        }
    }
}

extension StoredPeer: CustomStringConvertible {
    /// The number and the public names, without the rest.
    public var description: String {
        ([id.description] + usernames.map { "@\($0)" }).joined(separator: " ")
    }
}
