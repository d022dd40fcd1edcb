public import TelegramAPI

/// Whom you mean, in whatever way you know them: a name, a number, a link, an object from the server.
///
/// ```swift
/// try await client.entity("@telegram")
/// try await client.entity("https://t.me/+AbCdEfGhIjK")
/// try await client.inputPeer(for: -1001234567890)
/// try await client.inputPeer(for: .phone("+39 333 1234567"))
/// ```
/// A text is `me` or `self`, a phone number, a username or a link (`t.me/...`, `tg://...`), in this order. A text of
/// digits is a phone number, and one of a minus and digits a marked number. A number is a marked one, see ``PeerID``.
///
/// Nothing is looked up before the reference is used.
public struct PeerReference: Sendable {
    /// What it says.
    enum Target: Sendable {
        case me
        case username(Username)
        case phone(PhoneNumber)
        case invite(InviteLink)
        case id(Int64)
        case peer(PeerID)
        case input(TL.InputPeer)
        case name(String)
        /// What could not be understood, and why; told when the reference is used, since a literal cannot throw.
        case invalid(String)
    }

    let target: Target

    init(_ target: Target) { self.target = target }

    /// Reads a text as described above. A title or a name is none of these: see ``PeerConvertible/name(_:)``.
    public init(_ text: String) { target = Target(text) }
}

extension PeerReference: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// Reads a text.
    public init(stringLiteral text: String) { self.init(text) }

    /// Takes a marked number.
    public init(integerLiteral id: Int64) { self.init(.id(id)) }
}

extension PeerConvertible where Self == PeerReference {
    /// The account itself; as a chat, that is “Saved Messages”.
    public static var me: PeerReference { PeerReference(.me) }

    /// Whoever has a public name, with or without `@`.
    public static func username(_ name: String) -> PeerReference {
        PeerReference(Username(name).map { .username($0) } ?? .invalid("\(quoted(name)) is no username"))
    }

    /// The user with a phone number in international form. Bots cannot look for numbers.
    public static func phone(_ number: String) -> PeerReference {
        PeerReference(PhoneNumber(number).map { .phone($0) } ?? .invalid("what was given is no phone number"))
    }

    /// Where a link leads to.
    public static func link(_ link: String) -> PeerReference {
        PeerReference(TelegramLink(link).flatMap { .init($0) } ?? .invalid("\(quoted(link)) leads to nobody"))
    }

    /// The group or channel of an invitation, of which the account has to be a member already.
    public static func inviteHash(_ hash: String) -> PeerReference {
        PeerReference(InviteLink(hash).map { .invite($0) } ?? .invalid("what was given is no invitation"))
    }

    /// A marked number: positive for users, negative for basic groups, below -1000000000000 for channels.
    ///
    /// A positive number is that of a user first. Where no such user is known, here or to the server, the basic group
    /// or the channel with that number is meant, if exactly one of them is known.
    public static func id(_ marked: Int64) -> PeerReference { PeerReference(.id(marked)) }

    /// Somebody by number and kind.
    public static func peer(_ id: PeerID) -> PeerReference { PeerReference(.peer(id)) }

    /// Somebody whom a request can name already; it is taken as it is.
    public static func input(_ peer: TL.InputPeer) -> PeerReference { PeerReference(.input(peer)) }

    /// Whoever has exactly this title, or first and last name, among those that the session knows. Anybody can take any
    /// name, so do not send secrets to it.
    public static func name(_ name: String) -> PeerReference { PeerReference(.name(name)) }
}

extension PeerReference.Target {
    init(_ text: String) {
        let text = String(LinkText.trimmed(text))
        if ["me", "self"].contains(text.lowercased()) {
            self = .me
        } else if let id = Self.markedNumber(text) {
            self = .id(id)
        } else if let phone = PhoneNumber(text) {
            self = .phone(phone)
        } else if let username = Username(text) {
            self = .username(username)
        } else if let target = TelegramLink(text).flatMap({ PeerReference.Target($0) }) {
            self = target
        } else {
            self = .invalid("\(quoted(text)) is no username, phone number or link")
        }
    }

    /// `nil` for links that lead to something else than a peer.
    init?(_ link: TelegramLink) {
        switch link {
        case .username(let name, _), .botStart(let name, _), .miniApp(let name, _), .story(let name, _):
            self = .username(name)
        case .privateMessage(let channel, _): self = .peer(.channel(channel))
        case .user(let id, _): self = .peer(.user(id))
        case .chat(let id, _): self = .peer(.chat(id))
        case .phone(let phone): self = .phone(phone)
        case .invite(let link): self = .invite(link)
        case .contact, .chatFolder, .stickerSet: return nil
        }
    }

    /// No phone number begins with a minus, so such a text can only be the number of a group or a channel.
    private static func markedNumber(_ text: String) -> Int64? {
        guard text.first == "-", text.utf8.dropFirst().allSatisfy(LinkText.isDigit) else { return nil }
        return Int64(text)
    }
}

extension PeerReference: CustomStringConvertible {
    /// How messages speak of it. Phone numbers and invitations are left out, since whoever has them can use them.
    public var description: String {
        switch target {
        case .me: "the account itself"
        case .username(let name): "'\(name)'"
        case .phone: "the phone number"
        case .invite: "the invitation"
        case .id(let id): "the number \(id)"
        case .peer(let id): "\(id)"
        case .input(let peer): PeerID(peer).map { "\($0)" } ?? "the account itself"
        case .name(let name): "the name '\(name)'"
        case .invalid(let reason): reason
        }
    }
}

/// A text for a message. One with many digits may be somebody's phone number or a token, and a long one anything.
private func quoted(_ text: String) -> String {
    let isShort = text.utf8.count <= 64 && text.utf8.count(where: LinkText.isDigit) < 5
    return isShort ? "'\(text)'" : "the text of \(text.count) characters"
}
