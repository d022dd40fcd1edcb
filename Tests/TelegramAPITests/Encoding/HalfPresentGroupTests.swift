import TLRuntime
import TelegramAPI
import Testing

/// Fields that share one bit of a flags word, with some of them missing.
@Suite struct HalfPresentGroupTests {
    /// Something that can be encoded, and what its encoding complains about.
    struct HalfGroup: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fields: String
        let owner: String
        let encode: @Sendable () throws -> [UInt8]

        init(_ fields: String, of owner: String, _ note: String, encode: @escaping @Sendable () throws -> [UInt8]) {
            testDescription = "\(owner): \(note)"
            self.fields = fields
            self.owner = owner
            self.encode = encode
        }
    }

    private static let peer = TL.Peer.peerUser(userID: 1)

    static let halfGroups: [HalfGroup] = [
        HalfGroup("w, h", of: "pageBlockEmbed", "the first of two values") {
            let caption = TL.PageCaption(text: .textEmpty, credit: .textEmpty)
            return try TL.PageBlock.pageBlockEmbed(w: 640, caption: caption).encoded()
        },
        HalfGroup("w, h", of: "messageExtendedMediaPreview", "the second of two values") {
            try TL.MessageExtendedMedia.messageExtendedMediaPreview(h: 480).encoded()
        },
        HalfGroup("showInAttachMenu, peerTypes", of: "attachMenuBot", "the bit without its value") {
            try TL.AttachMenuBot(showInAttachMenu: true, botID: 1, shortName: "", icons: []).encoded()
        },
        HalfGroup("showInAttachMenu, peerTypes", of: "attachMenuBot", "an empty vector without its bit") {
            try TL.AttachMenuBot(botID: 1, shortName: "", peerTypes: [], icons: []).encoded()
        },
        HalfGroup("bot, botInfoVersion", of: "user", "a bit of the first of two flags words") {
            try TL.User.user(bot: true, botCanEdit: true, id: 1).encoded()
        },
        HalfGroup("restricted, restrictionReason", of: "user", "a value of the first of two flags words") {
            try TL.User.user(id: 1, restrictionReason: [], linkedCommunityID: 2).encoded()
        },
        HalfGroup("views, forwards", of: "message", "within two flags words") {
            try TL.Message.message(offline: true, id: 1, peerID: peer, date: 0, message: "", views: 7).encoded()
        },
        HalfGroup("isSelf, inviterID", of: "channelParticipantAdmin", "a bit called as a reserved word") {
            try TL.ChannelParticipant.channelParticipantAdmin(
                isSelf: true,
                userID: 1,
                promotedBy: 2,
                date: 0,
                adminRights: TL.ChatAdminRights()
            ).encoded()
        },
        HalfGroup("savedFromPeer, savedFromMsgID", of: "messageFwdHeader", "an object without a number") {
            try TL.MessageFwdHeader(date: 0, savedFromPeer: peer).encoded()
        },
        HalfGroup("token, appSandbox", of: "codeSettings", "a Bool that is a value") {
            try TL.CodeSettings(appSandbox: false).encoded()
        },
        HalfGroup("valueAmount, valueCurrency, valueUsdAmount", of: "starGiftUnique", "two of three values") {
            try TL.StarGift.starGiftUnique(
                id: 1,
                giftID: 2,
                title: "",
                slug: "",
                num: 3,
                attributes: [],
                availabilityIssued: 4,
                availabilityTotal: 5,
                valueAmount: 6,
                valueCurrency: "XTR"
            ).encoded()
        },
        HalfGroup("limited, availabilityRemains, availabilityTotal", of: "starGift", "a bit and one of two values") {
            try TL.StarGift.starGift(
                limited: true,
                id: 1,
                sticker: .documentEmpty(id: 2),
                stars: 3,
                availabilityTotal: 4,
                convertStars: 5
            ).encoded()
        },
        HalfGroup("peer, msgID, buttonID", of: "messages.requestUrlAuth", "one of three fields of a function") {
            try TL.messages.RequestUrlAuth(msgID: 1, url: "https://example.org").encoded()
        },
        HalfGroup("geoPoint, address", of: "channels.createChannel", "an object of a function") {
            try TL.channels.CreateChannel(title: "", about: "", geoPoint: .inputGeoPointEmpty).encoded()
        },
        HalfGroup("join, publicKey, block, params", of: "phone.createConferenceCall", "all but one of four") {
            try TL.phone.CreateConferenceCall(join: true, randomID: 1, block: [], params: TL.DataJSON(data: "{}"))
                .encoded()
        },
    ]

    @Test(arguments: halfGroups)
    func halfAGroupIsAnErrorThatNamesItsFields(group: HalfGroup) throws {
        let error = try #require(throws: TLEncodingError.self) { _ = try group.encode() }
        #expect(error == .incompleteGroup(fields: group.fields, of: group.owner))
        #expect("\(error)" == "the fields \(group.fields) of '\(group.owner)' go together: set all of them or none")
    }

    @Test func halfAGroupInsideOfAnotherValueIsAnErrorToo() throws {
        let media = TL.MessageExtendedMedia.messageExtendedMediaPreview(w: 640)
        let message = TL.Message.message(
            id: 1,
            peerID: Self.peer,
            date: 0,
            message: "",
            media: .messageMediaPaidMedia(starsAmount: 1, extendedMedia: [media])
        )
        #expect(throws: TLEncodingError.incompleteGroup(fields: "w, h", of: "messageExtendedMediaPreview")) {
            _ = try TL.messages.Messages.messages(messages: [message], topics: [], chats: [], users: []).encoded()
        }
        #expect("\(message)".contains("the fields w, h of 'messageExtendedMediaPreview' go together"))
    }

    @Test func wholeGroupsAndAbsentGroupsAreEncoded() throws {
        let absent = TL.User.user(id: 1)
        let whole = TL.User.user(bot: true, restricted: true, id: 1, botInfoVersion: 2, restrictionReason: [])
        #expect(try absent.encoded().count < (try whole.encoded().count))
        guard case .user(let user) = try TL.User(decoding: try whole.encoded()) else {
            Issue.record("the user comes out as another constructor")
            return
        }
        #expect(user.bot && user.restricted)
        #expect(user.botInfoVersion == 2)
        #expect(user.restrictionReason?.isEmpty == true)
    }
}
