import TelegramAPI

/// A basic group: up to 200 members, whose messages everybody has a copy of.
struct BasicGroup: Sendable {
    struct Member: Sendable {
        let inviter: Int64
        let date: Int32
        var isAdmin = false
    }

    let id: Int64
    var title: String
    var about = ""
    let creator: Int64
    let date: Int32
    var members: [Int64: Member]
    /// Those who were members and still see what was said until then.
    var former: Set<Int64> = []
    /// Those among them who were removed by somebody else.
    var kicked: Set<Int64> = []
    /// Counts changes of the members, so that clients can tell old lists from new ones.
    var version: Int32 = 1
    var isDeactivated = false
    /// The supergroup that it has become.
    var migratedTo: Int64?
    var inviteHash: String?
    var defaultRights = TL.ChatBannedRights.none

    /// The members, the creator first, then in the order in which they came.
    var memberIDs: [Int64] {
        members.sorted { left, right in
            if (left.key == creator) != (right.key == creator) { return left.key == creator }
            return (left.value.date, left.key) < (right.value.date, right.key)
        }.map(\.key)
    }

    func isAdmin(_ id: Int64) -> Bool { id == creator || members[id]?.isAdmin == true }

    func participant(_ id: Int64) -> TL.ChatParticipant? {
        guard let member = members[id] else { return nil }
        return participant(id, member)
    }

    func participant(_ id: Int64, _ member: Member) -> TL.ChatParticipant {
        if id == creator { return .chatParticipantCreator(userID: id) }
        return member.isAdmin
            ? .chatParticipantAdmin(userID: id, inviterID: member.inviter, date: member.date)
            : .chatParticipant(userID: id, inviterID: member.inviter, date: member.date)
    }

    var participants: TL.ChatParticipants {
        .chatParticipants(chatID: id, participants: memberIDs.compactMap { participant($0) }, version: version)
    }
}

extension TL.ChatBannedRights {
    /// Nothing is forbidden.
    static let none = TL.ChatBannedRights(untilDate: 0)
    /// Everything is: what a kicked member has.
    static let everything = TL.ChatBannedRights(
        viewMessages: true,
        sendMessages: true,
        sendMedia: true,
        sendStickers: true,
        sendGifs: true,
        sendGames: true,
        sendInline: true,
        embedLinks: true,
        untilDate: Int32.max
    )
}

extension TL.ChatAdminRights {
    /// What the creator of a group or channel may.
    static let creator = TL.ChatAdminRights(
        changeInfo: true,
        postMessages: true,
        editMessages: true,
        deleteMessages: true,
        banUsers: true,
        inviteUsers: true,
        pinMessages: true,
        addAdmins: true,
        manageCall: true,
        other: true
    )
    /// What administrators of basic groups may, who are all alike.
    static let basicGroup = TL.ChatAdminRights(
        changeInfo: true,
        deleteMessages: true,
        banUsers: true,
        inviteUsers: true,
        pinMessages: true,
        manageCall: true,
        other: true
    )

    /// Whether there is any right at all; without one somebody is no administrator any more.
    var isEmpty: Bool {
        !(changeInfo || postMessages || editMessages || deleteMessages || banUsers || inviteUsers || pinMessages
            || addAdmins || anonymous || manageCall || other || manageTopics || postStories || editStories
            || deleteStories || manageDirectMessages || manageRanks || manageLinkedPeers)
    }
}
