import Telegram

/// Chats as somebody sees them.
extension World {
    func group(_ id: Int64, for viewer: Int64) -> TL.Chat {
        guard let group = groups[id] else { return .chatEmpty(id: id) }
        let isMember = group.members[viewer] != nil
        guard isMember || group.former.contains(viewer), !group.kicked.contains(viewer) else {
            return .chatForbidden(id: id, title: group.title)
        }
        return .chat(
            creator: group.creator == viewer,
            left: !isMember,
            deactivated: group.isDeactivated,
            id: id,
            title: group.title,
            photo: .chatPhotoEmpty,
            participantsCount: isMember ? Int32(clamping: group.members.count) : 0,
            date: group.date,
            version: group.version,
            migratedTo: group.migratedTo.map {
                .inputChannel(channelID: $0, accessHash: accessHash(of: .channel($0), for: viewer))
            },
            adminRights: group.isAdmin(viewer) ? .basicGroup : nil,
            defaultBannedRights: group.defaultRights
        )
    }

    func channel(_ id: Int64, for viewer: Int64) -> TL.Chat {
        guard let channel = channels[id] else { return .chatEmpty(id: id) }
        let hash = accessHash(of: .channel(id), for: viewer)
        guard channel.isVisible(to: viewer) else {
            return .channelForbidden(
                broadcast: channel.isBroadcast,
                megagroup: !channel.isBroadcast,
                id: id,
                accessHash: hash,
                title: channel.title,
                untilDate: channel.bans[viewer]?.rights.untilDate
            )
        }
        let member = channel.members[viewer]
        return .channel(
            creator: channel.creator == viewer,
            left: member == nil,
            broadcast: channel.isBroadcast,
            megagroup: !channel.isBroadcast,
            signatures: channel.signsMessages,
            id: id,
            accessHash: hash,
            title: channel.title,
            username: channel.username,
            photo: .chatPhotoEmpty,
            date: member?.date ?? channel.date,
            adminRights: channel.creator == viewer ? .creator : member?.rights,
            bannedRights: channel.bans[viewer]?.rights,
            defaultBannedRights: channel.isBroadcast ? nil : channel.defaultRights,
            participantsCount: Int32(clamping: channel.members.count)
        )
    }
}
