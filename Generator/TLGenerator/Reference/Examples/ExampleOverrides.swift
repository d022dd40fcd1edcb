/// What no rule on names and types gets right: values without which the server would refuse the example, or do nothing.
///
/// Names are those of the schema. What stands here has to exist in it, and literals are Swift.
enum ExampleOverrides {
    /// Literals for fields, by the constructor or method. An optional field that stands here is set.
    static let literals: [String: [String: String]] = [
        "account.updateProfile": ["about": #""A few words.""#],
        "account.uploadRingtone": ["file_name": #""tone.mp3""#, "mime_type": #""audio/mpeg""#],
        "account.uploadTheme": ["file_name": #""night.tgtheme""#, "mime_type": #""application/x-tgtheme-android""#],
        "accountDaysTTL": ["days": "180"],
        "aicompose.updateTone": ["title": #""A title""#],
        "auth.signIn": ["phone_code": #""22222""#],
        "channels.toggleSlowMode": ["seconds": "30"],
        "inputBotInlineResult": ["type": #""article""#, "title": #""A title""#],
        "inputDocumentFileLocation": ["thumb_size": #""""#],
        "inputFile": ["name": #""picture.png""#],
        "inputMediaDice": ["emoticon": #""\u{1F3B2}""#],
        "messages.editExportedChatInvite": ["title": #""A title""#],
        "messages.editForumTopic": ["title": #""A title""#],
        "messages.editInlineBotMessage": ["message": #""Hello!""#],
        "messages.editMessage": ["message": #""Hello!""#],
        "messages.getDhConfig": ["random_length": "256"],
        "messages.setBotCallbackAnswer": ["message": #""Hello!""#],
        "phoneCallProtocol": ["udp_p2p": "true", "min_layer": "65", "max_layer": "92"],
        // Parts of files are multiples of 4 KB.
        "upload.getCdnFile": ["limit": "131_072"],
        "upload.getFile": ["limit": "131_072"],
        "upload.getWebFile": ["limit": "131_072"],
    ]

    /// Optional fields that an example sets to whatever the rules find.
    static let needed: [String: Set<String>] = [
        "inputChatUploadedPhoto": ["file"],
        "messages.sendReaction": ["reaction"],
        "photos.uploadContactProfilePhoto": ["file", "save"],
        "photos.uploadProfilePhoto": ["file"],
        "stickers.setStickerSetThumb": ["thumb"],
        "stories.editStory": ["privacy_rules"],
    ]

    /// Constructors for fields where the one for the type will not do.
    static let constructorsOfFields: [String: [String: String]] = [
        "bots.addPreviewMedia": ["media": "inputMediaUploadedPhoto"],
        "bots.editPreviewMedia": ["new_media": "inputMediaUploadedPhoto"],
        "messages.createChat": ["users": "inputUser"],
        "messages.sendMedia": ["media": "inputMediaDice"],
        "messages.uploadImportedMedia": ["media": "inputMediaUploadedPhoto"],
        "messages.uploadMedia": ["media": "inputMediaUploadedPhoto"],
        "payments.exportInvoice": ["invoice_media": "inputMediaInvoice"],
        "stories.sendStory": ["media": "inputMediaUploadedPhoto"],
    ]

    /// Constructors for types of which the cheapest one is not what people send.
    static let constructors: [String: String] = [
        "InputBotInlineMessage": "inputBotInlineMessageText",
        "InputFile": "inputFile",
        "InputFileLocation": "inputDocumentFileLocation",
        "InputInvoice": "inputInvoiceSlug",
        "InputMedia": "inputMediaPhoto",
        "InputReplyTo": "inputReplyToMessage",
        "InputStickerSet": "inputStickerSetShortName",
        "InputWebFileLocation": "inputWebFileLocation",
        "MessageEntity": "messageEntityBold",
        "MessagesFilter": "inputMessagesFilterPhotos",
        "Reaction": "reactionEmoji",
        "SendMessageAction": "sendMessageTypingAction",
    ]
}
