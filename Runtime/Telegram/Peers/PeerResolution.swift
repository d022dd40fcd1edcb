import TelegramAPI

/// The way from a reference to what a request can name somebody by: what to try next, until something is found or
/// nothing is left.
///
/// It asks nobody itself. Whoever drives it does what ``state`` says and hands in the answer.
struct PeerResolution: Sendable {
    /// Something to try.
    enum Step: Sendable, Hashable {
        /// Memory and session, by number.
        case known(PeerID)
        case knownUsername(String)
        case knownPhone(String)
        case knownName(String)
        /// Basic groups and channels, by a number without a kind.
        case knownGroup(Int64)
        /// The server.
        case ask(PeerQuestion)
    }

    /// What came of it.
    enum Answer: Sendable {
        /// A request can name the peer by this.
        case input(TL.InputPeer)
        /// Who it is; how requests name them is the next question.
        case peer(PeerID)
        case nothing
        case refused(PeerError)
    }

    enum State: Sendable {
        case trying(Step)
        case found(TL.InputPeer)
        case failed(PeerError)
    }

    private(set) var state: State
    private let reference: PeerReference
    private let isBot: Bool
    /// What is still to be tried, the next one last.
    private var plan: [Step]
    private var tried: [Step] = []

    /// - Parameters:
    ///   - isBot: Whether a bot is signed in, which may not ask everything.
    ///   - asksForNames: Whether usernames are looked up by the server even when somebody here is known to have had
    ///     them.
    init(_ reference: PeerReference, isBot: Bool = false, asksForNames: Bool = false) {
        self.reference = reference
        self.isBot = isBot
        var steps: [Step] = []
        var found: TL.InputPeer?
        switch reference.target {
        case .me:
            found = .inputPeerSelf
        case .input(let peer):
            found = peer
        case .peer(.chat(let id)):
            found = .inputPeerChat(chatID: id)
        case .peer(let id):
            steps = Self.steps(to: id)
        case .id(let id) where id <= 0:
            if case .chat(let number) = PeerID(marked: id) {
                found = .inputPeerChat(chatID: number)
            } else {
                steps = Self.steps(to: PeerID(marked: id))
            }
        case .id(let id):
            steps = Self.steps(to: .user(id)) + [.knownGroup(id)]
        case .username(let name):
            steps = (asksForNames ? [] : [.knownUsername(name.value)]) + [.ask(.username(name.value))]
        case .phone(let phone):
            steps = [.knownPhone(phone.digits)] + (isBot ? [] : [.ask(.phone(phone.digits))])
        case .invite(let link):
            steps = isBot ? [] : [.ask(.invite(link.hash))]
        case .name(let name):
            steps = [.knownName(name)]
        case .invalid:
            break
        }
        plan = steps.reversed()
        state = .found(found ?? .inputPeerEmpty)
        if found == nil { advance() }
    }

    private static func steps(to id: PeerID) -> [Step] {
        switch id {
        case .user(let number): [.known(id), .ask(.user(number))]
        case .chat: []
        case .channel(let number): [.known(id), .ask(.channel(number))]
        }
    }

    /// Takes the answer to the present step.
    mutating func received(_ answer: Answer) {
        guard case .trying(let step) = state else { return }
        tried.append(step)
        switch answer {
        case .input(let peer):
            state = .found(peer)
        case .peer(.chat(let id)):
            state = .found(.inputPeerChat(chatID: id))
        case .peer(let id):
            plan += Self.steps(to: id).reversed()
            advance()
        case .nothing:
            advance()
        case .refused(let error):
            state = .failed(error)
        }
    }

    private mutating func advance() {
        while let step = plan.popLast() {
            // After the server has said who it is, memory is worth another look; the server is not.
            if case .ask = step, tried.contains(step) { continue }
            state = .trying(step)
            return
        }
        state = .failed(PeerError(nothingFoundFor: reference, tried: tried, isBot: isBot))
    }
}

extension PeerError {
    /// Nothing is left to try.
    fileprivate init(nothingFoundFor reference: PeerReference, tried: [PeerResolution.Step], isBot: Bool) {
        let hasAsked = tried.contains { if case .ask = $0 { true } else { false } }
        let searched = hasAsked ? "neither this session nor the server knows" : "this session does not know"
        switch reference.target {
        case .invalid(let reason):
            self.init(.invalid, "\(reason); give a username, a phone number, a link or a marked number")
        case .username(let name):
            self.init(.usernameNotOccupied, "nobody has the username '\(name)'; check how it is spelled")
        case .phone where isBot:
            self.init(.notForBots, "bots cannot look for phone numbers; use a username, or wait for a message")
        case .invite where isBot:
            self.init(
                .notForBots,
                "bots cannot follow invitations; have the bot added, and use the number of the group"
            )
        case .phone:
            self.init(
                .notFound,
                "\(searched) whose phone number it is, which its owner may hide; use a username, or save them first"
            )
        case .name(let name):
            self.init(.notFound, "\(searched) anybody called '\(name)'; use a username, or load the dialogs first")
        default:
            self.init(
                .notFound,
                "\(searched) how to reach \(reference); use a username or an object from the server, "
                    + "or meet them first: load the dialogs, a message of theirs, or the members of a common group"
            )
        }
    }
}
