extension BotFileID {
    /// What kind of file it is. Others than the named ones exist, and more may come.
    public struct FileType: Sendable, Hashable, RawRepresentable {
        /// The number in the text.
        public let rawValue: Int32

        /// Takes any number.
        public init(rawValue: Int32) { self.rawValue = rawValue }

        /// The preview of a document.
        public static let thumbnail = FileType(rawValue: 0)
        /// The photo of a user, group or channel.
        public static let profilePhoto = FileType(rawValue: 1)
        /// A photo.
        public static let photo = FileType(rawValue: 2)
        /// A voice message.
        public static let voice = FileType(rawValue: 3)
        /// A video.
        public static let video = FileType(rawValue: 4)
        /// Any other document.
        public static let document = FileType(rawValue: 5)
        /// A sticker.
        public static let sticker = FileType(rawValue: 8)
        /// A song.
        public static let audio = FileType(rawValue: 9)
        /// A video without sound that is repeated.
        public static let animation = FileType(rawValue: 10)
        /// A round video.
        public static let videoNote = FileType(rawValue: 13)
        /// The background of a chat.
        public static let background = FileType(rawValue: 16)
        /// A document that shall not be shown as what it is.
        public static let documentAsFile = FileType(rawValue: 17)
        /// The sound of notifications.
        public static let ringtone = FileType(rawValue: 18)
        /// A photo as a story.
        public static let photoStory = FileType(rawValue: 20)
        /// A video as a story.
        public static let videoStory = FileType(rawValue: 21)
        /// A photo that can be seen once.
        public static let selfDestructingPhoto = FileType(rawValue: 22)
        /// A video that can be seen once.
        public static let selfDestructingVideo = FileType(rawValue: 23)
        /// A round video that can be seen once.
        public static let selfDestructingVideoNote = FileType(rawValue: 24)
        /// A voice message that can be heard once.
        public static let selfDestructingVoice = FileType(rawValue: 25)

        /// Previews in secret chats, and the backgrounds of old times, are photos, too.
        private static let photoNumbers: Set<Int32> = [0, 1, 2, 11, 12, 20, 22]

        /// Whether texts of this kind tell of a photo.
        var isPhoto: Bool { Self.photoNumbers.contains(rawValue) }

        /// The number in the texts of ``BotFileID/uniqueID``.
        var uniqueClass: Int32 {
            switch rawValue {
            case 6: 4
            case 7: 5
            case 14, 15: 3
            default: isPhoto ? 1 : 2
            }
        }
    }
}
