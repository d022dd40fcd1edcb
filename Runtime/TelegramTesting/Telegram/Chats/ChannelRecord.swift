import Telegram

/// A channel or a supergroup, which has a mailbox of its own.
struct ChannelRecord: Sendable {
    struct Member: Sendable {
        let inviter: Int64?
        let date: Int32
        /// What an administrator may; `nil` for others.
        var rights: TL.ChatAdminRights?
        var promotedBy: Int64?
        var rank: String?
    }

    struct Ban: Sendable {
        let by: Int64
        let date: Int32
        let rights: TL.ChatBannedRights
        /// Whether it is restricted only and still there.
        let isMember: Bool

        /// When it is over; `nil` for a ban without end, which one of less than half a minute or more than 366 days is,
        /// too.
        var end: Int32? {
            let seconds = Int64(rights.untilDate) - Int64(date)
            return rights.untilDate != 0 && (30...366 * 86_400).contains(seconds) ? rights.untilDate : nil
        }
    }

    let id: Int64
    var title: String
    var about: String
    var username: String?
    /// Only administrators write, in its name.
    let isBroadcast: Bool
    let creator: Int64
    let date: Int32
    var members: [Int64: Member]
    var bans: [Int64: Ban] = [:]
    var mailbox = Mailbox()
    /// When something happened in its mailbox last.
    var changedAt: Int32 = 0
    var defaultRights = TL.ChatBannedRights.none
    var inviteHash: String?
    var isDeleted = false
    var migratedFrom: Int64?
    var signsMessages = false

    init(id: Int64, title: String, about: String, isBroadcast: Bool, creator: Int64, date: Int32) {
        self.id = id
        self.title = title
        self.about = about
        self.isBroadcast = isBroadcast
        self.creator = creator
        self.date = date
        members = [creator: Member(inviter: nil, date: date, rights: .creator)]
    }

    /// The members, the creator first, then those who came last.
    var memberIDs: [Int64] {
        members.sorted { left, right in
            if (left.key == creator) != (right.key == creator) { return left.key == creator }
            return (left.value.date, left.key) > (right.value.date, right.key)
        }.map(\.key)
    }

    var adminIDs: [Int64] { memberIDs.filter { members[$0]?.rights != nil } }

    func isKicked(_ id: Int64) -> Bool { bans[id]?.rights.viewMessages == true }

    /// Who may read it: members, and everybody when it has a username, unless they were kicked.
    func isVisible(to id: Int64) -> Bool {
        !isDeleted && !isKicked(id) && (members[id] != nil || username != nil)
    }

    func may(_ id: Int64, _ right: KeyPath<TL.ChatAdminRights, Bool>) -> Bool {
        id == creator || members[id]?.rights?[keyPath: right] == true
    }

    /// Whether a member, not an administrator, may do what the ordinary ones may unless it is forbidden.
    func isForbidden(_ right: KeyPath<TL.ChatBannedRights, Bool>, for id: Int64) -> Bool {
        guard members[id]?.rights == nil else { return false }
        return defaultRights[keyPath: right] || bans[id]?.rights[keyPath: right] == true
    }

    /// How somebody takes part, for an onlooker; `nil` for those who never did.
    func participant(_ id: Int64, for viewer: Int64) -> TL.ChannelParticipant? {
        if let ban = bans[id] {
            return .channelParticipantBanned(
                left: !ban.isMember,
                peer: .peerUser(userID: id),
                kickedBy: ban.by,
                date: ban.date,
                bannedRights: ban.rights
            )
        }
        guard let member = members[id] else { return nil }
        if id == creator {
            return .channelParticipantCreator(userID: id, adminRights: .creator, rank: member.rank)
        }
        if let rights = member.rights {
            return .channelParticipantAdmin(
                canEdit: viewer == creator || member.promotedBy == viewer,
                isSelf: id == viewer,
                userID: id,
                inviterID: id == viewer ? member.inviter ?? creator : nil,
                promotedBy: member.promotedBy ?? creator,
                date: member.date,
                adminRights: rights,
                rank: member.rank
            )
        }
        guard id == viewer else { return .channelParticipant(userID: id, date: member.date) }
        return .channelParticipantSelf(userID: id, inviterID: member.inviter ?? id, date: member.date)
    }
}
