internal import MTProto

/// An invitation to a group or a channel. See <https://core.telegram.org/api/invites#invite-links>.
///
/// ```swift
/// InviteLink("https://t.me/+AbCd")?.hash                  // "AbCd"
/// InviteLink("t.me/joinchat/AbCd")?.url                   // "https://t.me/+AbCd"
/// ```
public struct InviteLink: Sendable, Hashable {
    /// What `messages.checkChatInvite` and `messages.importChatInvite` take. Whoever has it can join.
    public let hash: String

    /// Reads a link (`t.me/+...`, `t.me/joinchat/...`, `tg://join?invite=...`) or a bare hash; `nil` when it is
    /// neither.
    ///
    /// A bare hash looks like a username or a word, so this is for texts that are known to be invitations;
    /// ``TelegramLink`` tells links apart.
    public init?(_ text: String) {
        let text = LinkText.trimmed(text)
        if let link = InviteLink(hash: text.first == "+" ? text.dropFirst() : text) {
            self = link
        } else if case .invite(let link)? = TelegramLink(String(text)) {
            self = link
        } else {
            return nil
        }
    }

    /// Takes the hash alone.
    init?(hash: Substring) {
        guard !hash.isEmpty, hash.utf8.count <= LinkText.maximumLength, hash.utf8.allSatisfy(LinkText.isBase64URL)
        else { return nil }
        self.hash = String(hash)
    }

    /// The link to pass on.
    public var url: String { "https://t.me/+\(hash)" }

    /// What a hash says by itself, as all of those made before 2021 do; `nil` when it has another length.
    ///
    /// A newer hash is random. When it is as long as an old one (16 characters), numbers come out that mean nothing, so
    /// compare them with what is known before using them.
    public var decoded: Decoded? {
        guard let bytes = Self.bytes(of: hash) else { return nil }
        switch bytes.count {
        case 12:
            return Decoded(
                creator: 0,
                chat: Int64(Self.bigEndian(bytes[0..<4])),
                random: Self.bigEndian(bytes[4..<12])
            )
        case 16:
            return Decoded(
                creator: Int64(Self.bigEndian(bytes[0..<4])),
                chat: Int64(Self.bigEndian(bytes[4..<8])),
                random: Self.bigEndian(bytes[8..<16])
            )
        default:
            return nil
        }
    }

    /// The parts of an old hash.
    public struct Decoded: Sendable, Hashable {
        /// Who has made the link; 0 when the hash does not say.
        public let creator: Int64
        /// The group or channel, as a bare number.
        public let chat: Int64
        /// What makes it hard to guess.
        public let random: UInt64
    }

    /// Old servers wrote hashes in hexadecimal, too.
    private static func bytes(of hash: String) -> [UInt8]? {
        if hash.utf8.count == 24 || hash.utf8.count == 32, let bytes = LinkText.hexadecimalBytes(hash) { return bytes }
        return Base64.decode(hash)
    }

    private static func bigEndian(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}
