import TelegramAPI

/// Taking one's data out; see <https://core.telegram.org/api/takeout>.
extension World {
    mutating func beginTakeout(by caller: Caller) throws -> TL.account.Takeout {
        if let delay = settings.takeoutDelay { throw refusal("TAKEOUT_INIT_DELAY_\(delay)", 420) }
        let id = randomHash()
        inboxes[caller.accountID]?.takeoutID = id
        return TL.account.Takeout(id: id)
    }

    mutating func endTakeout(by caller: Caller) throws -> Bool {
        guard caller.takeoutID != nil else { throw refusal("TAKEOUT_REQUIRED") }
        inboxes[caller.accountID]?.takeoutID = nil
        return true
    }
}
