package import TelegramAPI

/// Somebody the server has told of.
struct PeerFinding: Sendable {
    let id: PeerID
    /// As they came along with the answer.
    var entity: Entity?
}

/// Finds out how requests name somebody: does what a ``PeerResolution`` says.
package struct PeerResolver<Caller: APICaller>: Sendable {
    let directory: PeerDirectory
    let caller: Caller

    package init(directory: PeerDirectory, caller: Caller) {
        self.directory = directory
        self.caller = caller
    }

    func call<Function: TLFunction>(_ function: Function) async throws -> Function.Response {
        let response = try await caller(function, floodSleepThreshold: nil)
        // A client does so itself, and then there is nothing new in it.
        await directory.learn(from: response)
        return response
    }

    /// What requests name somebody by.
    package func inputPeer(for reference: PeerReference) async throws -> TL.InputPeer {
        try await resolve(reference, asksForNames: false).peer
    }

    /// What requests name a user by.
    package func inputUser(for reference: PeerReference) async throws -> TL.InputUser {
        if let user = TL.InputUser(try await inputPeer(for: reference)) { return user }
        throw PeerError(.notAUser, "\(reference) is a group or a channel, and a user is needed; give a user")
    }

    /// What requests name a channel or supergroup by.
    package func inputChannel(for reference: PeerReference) async throws -> TL.InputChannel {
        let peer = try await inputPeer(for: reference)
        if let channel = TL.InputChannel(peer) { return channel }
        let isGroup = if case .inputPeerChat = peer { true } else { false }
        throw PeerError(
            .notAChannel,
            "\(reference) is a \(isGroup ? "basic group" : "user"), and a channel or supergroup is needed; give one"
        )
    }

    /// The same as ``inputPeer(for:)``, with the object if the server had to be asked for it anyway.
    func resolve(
        _ reference: PeerReference,
        asksForNames: Bool
    ) async throws -> (peer: TL.InputPeer, entity: Entity?) {
        let isBot = await directory.account?.isBot ?? false
        var resolution = PeerResolution(reference, isBot: isBot, asksForNames: asksForNames)
        var entity: Entity?
        while true {
            switch resolution.state {
            case .found(let peer):
                return (peer, entity.flatMap { $0.peerID == PeerID(peer) ? $0 : nil })
            case .failed(let error):
                throw error
            case .trying(.ask(let question)):
                let finding = try await answer(to: question)
                entity = finding?.entity ?? entity
                resolution.received(finding.map { .peer($0.id) } ?? .nothing)
            case .trying(let step):
                resolution.received(try await lookUp(step))
            }
        }
    }

    /// Memory and session.
    private func lookUp(_ step: PeerResolution.Step) async throws -> PeerResolution.Answer {
        let found: PeerID?
        switch step {
        case .known(let id):
            return try await directory.inputPeer(id).map { .input($0) } ?? .nothing
        case .knownUsername(let name):
            switch await directory.recentAnswer(.username(name)) {
            case .found(let id): found = id
            // What the session says is older.
            case .absent: found = nil
            case nil: found = try await directory.peer(username: name)
            }
        case .knownPhone(let phone):
            found = try await directory.peer(phone: phone)
        case .knownName(let name):
            found = try await directory.peer(name: name)
        case .knownGroup(let number):
            let group = try await directory.row(.chat(number))
            let channel = try await directory.row(.channel(number))
            if let group, let channel {
                let choice = "\(group.id.marked) for the basic group or \(channel.id.marked) for the channel"
                return .refused(PeerError(.ambiguous, "the number \(number) has two meanings; use \(choice)"))
            }
            found = group?.id ?? channel?.id
        case .ask:
            found = nil
        }
        return found.map { .peer($0) } ?? .nothing
    }
}
