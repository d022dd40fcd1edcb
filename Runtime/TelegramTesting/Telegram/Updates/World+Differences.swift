import Telegram

/// What somebody has missed; see <https://core.telegram.org/api/updates>.
extension World {
    func state(of caller: Caller) -> TL.updates.State {
        let inbox = inboxes[caller.accountID] ?? Inbox()
        return state(of: caller, pts: inbox.mailbox.pts, qts: inbox.qts, date: now)
    }

    private func state(of caller: Caller, pts: Int32, qts: Int32, date: Int32) -> TL.updates.State {
        TL.updates.State(
            pts: pts,
            qts: qts,
            date: date,
            seq: authorizations[caller.authKeyID]?.seq ?? 0,
            unreadCount: unreadTotal(of: caller.accountID)
        )
    }

    func difference(_ request: TL.updates.GetDifference, by caller: Caller) throws -> TL.updates.Difference {
        guard request.pts != 0 else { throw refusal("PERSISTENT_TIMESTAMP_EMPTY") }
        guard request.pts > 0, request.qts >= 0 else { throw refusal("PERSISTENT_TIMESTAMP_INVALID") }
        guard request.date != 0 else { throw refusal("DATE_EMPTY") }
        let inbox = inboxes[caller.accountID] ?? Inbox()
        let events = inbox.mailbox.events(after: request.pts)
        let most = min(request.ptsTotalLimit.map { Int(max(0, $0)) } ?? Int.max, settings.differenceTooLongAfter)
        guard events.count <= most else {
            // Back to where what is left can be told in one piece.
            let kept = events.suffix(min(settings.differenceLimit, most))
            return .differenceTooLong(pts: kept.first.map { $0.pts - $0.count } ?? inbox.mailbox.pts)
        }
        let limit = min(request.ptsLimit.map { Int(max(1, $0)) } ?? Int.max, settings.differenceLimit)
        let slice = events.prefix(limit)
        let isWhole = slice.count == events.count
        let secondary = inbox.secondary.filter { $0.qts > request.qts }

        var view = View(caller.accountID)
        var (messages, others) = tell(slice, of: inbox.mailbox, channel: nil, in: &view)
        others += secondary.map { render($0, in: &view) }
        if isWhole {
            for entry in inbox.lasting where entry.date >= request.date {
                for peer in entry.about { view.see(peer) }
                others.append(entry.update)
            }
            others += channelsChanged(since: request.date, for: caller.accountID, in: &view)
        }
        guard isWhole else {
            return .differenceSlice(
                newMessages: messages,
                newEncryptedMessages: [],
                otherUpdates: others,
                chats: chats(view),
                users: users(view),
                intermediateState: state(
                    of: caller,
                    pts: slice.last?.pts ?? request.pts,
                    qts: inbox.qts,
                    date: request.date
                )
            )
        }
        if messages.isEmpty, others.isEmpty {
            // Something may have come and gone again, and the counter has moved all the same.
            if inbox.mailbox.pts <= request.pts, inbox.qts <= request.qts {
                return .differenceEmpty(date: now, seq: authorizations[caller.authKeyID]?.seq ?? 0)
            }
        }
        return .difference(
            newMessages: messages,
            newEncryptedMessages: [],
            otherUpdates: others,
            chats: chats(view),
            users: users(view),
            state: state(of: caller)
        )
    }

    /// New messages as they are now, and the other events. What was deleted meanwhile is not told as new, and changes
    /// of what is new here are in it already.
    private func tell(
        _ events: some Sequence<MailboxEvent>,
        of mailbox: Mailbox,
        channel: Int64?,
        in view: inout View
    ) -> (messages: [TL.Message], others: [TL.Update]) {
        var messages: [TL.Message] = []
        var others: [TL.Update] = []
        var new: Set<Int32> = []
        for event in events {
            switch event.change {
            case .new(let id):
                guard let message = mailbox[id], hears(message, view.viewer) else { continue }
                new.insert(id)
                messages.append(render(message, in: &view))
            case .edited(let id) where new.contains(id): continue
            default:
                let update: WorldUpdate = channel.map { .channel($0, event) } ?? .mailbox(event)
                if let update = render(update, in: &view) { others.append(update) }
            }
        }
        return (messages, others)
    }

    /// Channels have differences of their own, which the client is told to ask for.
    private func channelsChanged(since date: Int32, for viewer: Int64, in view: inout View) -> [TL.Update] {
        let changed = channels.values.filter { $0.members[viewer] != nil && $0.changedAt >= date }
        return changed.sorted { $0.id < $1.id }.map { channel in
            view.see(.channel(channel.id))
            return .updateChannelTooLong(channelID: channel.id, pts: channel.mailbox.pts)
        }
    }

    func channelDifference(
        _ request: TL.updates.GetChannelDifference,
        by caller: Caller
    ) throws -> TL.updates.ChannelDifference {
        let id = try channelID(request.channel, for: caller.accountID)
        guard let channel = channels[id] else { throw refusal("CHANNEL_INVALID") }
        guard request.pts != 0 else { throw refusal("PERSISTENT_TIMESTAMP_EMPTY") }
        guard request.pts > 0, request.pts <= channel.mailbox.pts else {
            throw refusal("PERSISTENT_TIMESTAMP_INVALID")
        }
        let events = channel.mailbox.events(after: request.pts)
        guard !events.isEmpty else {
            return .channelDifferenceEmpty(final: true, pts: channel.mailbox.pts, timeout: Self.pollingInterval)
        }
        var view = View(caller.accountID)
        view.see(.channel(id))
        let limit = Int(min(max(1, request.limit), accounts[caller.accountID]?.isBot == true ? 100_000 : 100))
        guard events.count <= settings.channelDifferenceTooLongAfter else {
            let latest = channel.mailbox.history(of: .channel(id)).prefix(limit).map { render($0, in: &view) }
            return .channelDifferenceTooLong(
                final: true,
                timeout: Self.pollingInterval,
                dialog: dialog(.channel(id), for: caller.accountID),
                messages: latest,
                chats: chats(view),
                users: users(view)
            )
        }
        let slice = events.prefix(limit)
        let (messages, others) = tell(slice, of: channel.mailbox, channel: id, in: &view)
        return .channelDifference(
            final: slice.count == events.count,
            pts: slice.last?.pts ?? channel.mailbox.pts,
            timeout: Self.pollingInterval,
            newMessages: messages,
            otherUpdates: others,
            chats: chats(view),
            users: users(view)
        )
    }

    /// How long a client may wait until it asks for a channel again that it is not told about, in seconds.
    private static let pollingInterval: Int32 = 30
}
