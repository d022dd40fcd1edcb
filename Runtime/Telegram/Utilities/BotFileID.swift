/// The text by which Telegram's bot API knows a file. Whoever has it can send or download the file with the account
/// that has got it, as long as its reference is valid.
///
/// ```swift
/// let id = BotFileID("AwADAgADiHdmVUQzIhH-_________wI")
/// id?.type                                     // .voice
/// id?.inputFileLocation                        // what 'upload.getFile' takes
/// BotFileID(document: document).string         // the other way round
/// ```
///
/// The format is not specified by Telegram and has changed several times; all forms since 2015 are read, and the newest
/// known one is written.
public struct BotFileID: Sendable, Hashable {
    /// What kind of file it is.
    public var type: FileType
    /// The data centre that has it; 0 for files elsewhere, for which nothing else is written.
    public var dataCenter: Int32
    /// What the server wants to see besides the rest; empty in old texts. It expires, within hours sometimes.
    public var fileReference: [UInt8]
    /// Where it is there.
    public var location: Location

    /// Creates one from its parts.
    public init(type: FileType, dataCenter: Int32, location: Location, fileReference: [UInt8] = []) {
        self.type = type
        self.dataCenter = dataCenter
        self.location = location
        self.fileReference = fileReference
    }

    /// Reads a text; `nil` when it is not a file id, or one of a form that is not known yet.
    public init?(_ text: String) {
        guard let decoded = BotFileIDDecoder.decode(text) else { return nil }
        self = decoded
    }

    /// The text in its newest form.
    public var string: String { BotFileIDEncoder.modern(self) }

    /// The text in the form of 2015, without the reference, as Telethon writes it; `nil` for photos and web files,
    /// which have none.
    public var legacyString: String? { BotFileIDEncoder.legacy(self) }

    /// The text that is the same for the same file whoever asks for it (`file_unique_id`). Nothing can be downloaded
    /// with it.
    public var uniqueID: String { BotFileIDEncoder.unique(self) }

    /// Where a file is.
    public enum Location: Sendable, Hashable {
        /// A document of any kind.
        case document(id: Int64, accessHash: Int64)
        /// A photo, or a preview of something; which one says `source`.
        case photo(id: Int64, accessHash: Int64, source: PhotoSource)
        /// A file elsewhere, which Telegram downloads for its users.
        case web(url: String, accessHash: Int64)
    }

    /// What a photo is a size of.
    public enum PhotoSource: Sendable, Hashable {
        /// A size of a photo, or of the preview of a document; `size` is the letter that stands for it.
        case thumbnail(FileType, size: Character)
        /// The photo of a user, group or channel. `peer` is a marked number.
        case profilePhoto(peer: Int64, accessHash: Int64, isBig: Bool)
        /// The cover of a sticker set.
        case stickerSet(id: Int64, accessHash: Int64, version: Int32)
        /// A photo in the way of before 2020.
        case legacy(volume: Int64, secret: Int64, local: Int32)
        /// A profile photo in the way of before 2021.
        case legacyProfilePhoto(peer: Int64, accessHash: Int64, isBig: Bool, volume: Int64, local: Int32)
        /// The cover of a sticker set in the way of before 2021.
        case legacyStickerSet(id: Int64, accessHash: Int64, volume: Int64, local: Int32)
    }
}
