import TelegramAPI

/// Whole objects.
extension PeerResolver {
    /// Objects as they are now, in the order of the references.
    package func entities(_ references: [PeerReference]) async throws -> [Entity] {
        var batch = EntityBatch()
        for reference in references {
            let (peer, entity) = try await resolve(reference, asksForNames: true)
            guard batch.add(peer, entity) else {
                throw PeerError(.invalid, "an empty input peer is nobody; give somebody")
            }
        }
        try await fetch(&batch)
        return try batch.wanted.enumerated().map { index, wanted in
            if let entity = batch.entity(wanted) { return entity }
            throw PeerError(
                .notFound,
                "the server does not tell of \(references[index]) any more; the account may have been deleted or banned"
            )
        }
    }

    private func fetch(_ batch: inout EntityBatch) async throws {
        let wanted = batch
        async let users = users(wanted.users)
        async let chats = chats(wanted.chats)
        async let channels = channels(wanted.channels)
        batch.received(try await users + chats + channels)
    }

    private func users(_ ids: [TL.InputUser]) async throws -> [Entity] {
        var entities: [Entity] = []
        for start in stride(from: 0, to: ids.count, by: EntityBatch.usersPerRequest) {
            let part = ids[start..<min(start + EntityBatch.usersPerRequest, ids.count)]
            entities += try await call(TL.users.GetUsers(id: Array(part))).compactMap { Entity($0) }
        }
        return entities
    }

    private func chats(_ ids: [Int64]) async throws -> [Entity] {
        if ids.isEmpty { return [] }
        return try await call(TL.messages.GetChats(id: ids)).carriedChats.compactMap { chat in
            // Nothing is known of such a group.
            if case .chatEmpty = chat { nil } else { Entity(chat) }
        }
    }

    private func channels(_ ids: [TL.InputChannel]) async throws -> [Entity] {
        if ids.isEmpty { return [] }
        return try await call(TL.channels.GetChannels(id: ids)).carriedChats.compactMap { Entity($0) }
    }
}

/// Objects to be fetched with as few requests as possible, each one once.
struct EntityBatch: Sendable {
    /// Whom somebody wants.
    enum Wanted: Sendable, Hashable {
        case me
        case peer(PeerID)
    }

    /// More than these the server does not take.
    static let usersPerRequest = 200

    /// In the order in which they were asked for.
    private(set) var wanted: [Wanted] = []
    private(set) var users: [TL.InputUser] = []
    private(set) var chats: [Int64] = []
    private(set) var channels: [TL.InputChannel] = []
    private var requested: Set<Wanted> = []
    private var entities: [PeerID: Entity] = [:]
    private var me: Entity?

    /// - Parameter entity: The object, if it has come already.
    /// - Returns: `false` for nobody.
    mutating func add(_ peer: TL.InputPeer, _ entity: Entity?) -> Bool {
        let wanted: Wanted
        if let id = PeerID(peer) {
            wanted = .peer(id)
        } else if case .inputPeerSelf = peer {
            wanted = .me
        } else {
            return false
        }
        self.wanted.append(wanted)
        if let entity { received([entity]) }
        guard self.entity(wanted) == nil, requested.insert(wanted).inserted else { return true }
        if let user = TL.InputUser(peer) { users.append(user) }
        if let channel = TL.InputChannel(peer) { channels.append(channel) }
        if case .inputPeerChat(let chat) = peer { chats.append(chat.chatID) }
        return true
    }

    /// Takes what has come. Of whom only a part came, somebody else has to be asked for the rest.
    mutating func received(_ entities: [Entity]) {
        for entity in entities {
            if entity.user?.isMin ?? entity.channel?.isMin ?? false { continue }
            self.entities[entity.peerID] = entity
            if entity.user?.isSelf ?? false { me = entity }
        }
    }

    func entity(_ wanted: Wanted) -> Entity? {
        switch wanted {
        case .me: me
        case .peer(let id): entities[id]
        }
    }
}
