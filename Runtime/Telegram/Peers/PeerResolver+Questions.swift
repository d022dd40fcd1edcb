import TelegramAPI

/// Questions to the server.
extension PeerResolver {
    /// The answer, a recent one if there is one; `nil` when there is nobody. However many ask the same at the same
    /// time, one request is sent.
    func answer(to question: PeerQuestion) async throws -> PeerFinding? {
        try await directory.requests.value(for: question) {
            switch await directory.recentAnswer(question) {
            case .found(let id): return PeerFinding(id: id)
            case .absent: return nil
            case nil: break
            }
            let finding = try await ask(question)
            await directory.remember(finding.map { .found($0.id) } ?? .absent, to: question)
            return finding
        }
    }

    private func ask(_ question: PeerQuestion) async throws -> PeerFinding? {
        switch question {
        case .username(let name): try await resolve(username: name)
        case .phone(let phone): try await resolve(phone: phone)
        case .invite(let hash): try await resolve(invite: hash)
        case .user(let id): try await user(id)
        case .channel(let id): try await channel(id)
        }
    }

    private func resolve(username: String) async throws -> PeerFinding? {
        do {
            return PeerFinding(try await call(TL.contacts.ResolveUsername(username: username)))
        } catch is RPCError.UsernameNotOccupied, is RPCError.UsernameInvalid {
            return nil
        }
    }

    private func resolve(phone: String) async throws -> PeerFinding? {
        do {
            return PeerFinding(try await call(TL.contacts.ResolvePhone(phone: phone)))
        } catch is RPCError.PhoneNotOccupied {
            // So it says, too, of contacts who let nobody find them by their number.
            let contacts = try await call(TL.contacts.GetContacts(hash: 0)).carriedUsers.lazy.compactMap(User.init)
            let contact = contacts.first { $0.phone.flatMap { PhoneNumber($0)?.digits } == phone }
            return contact.map { PeerFinding(.user($0)) }
        }
    }

    private func resolve(invite hash: String) async throws -> PeerFinding? {
        do {
            switch try await call(TL.messages.CheckChatInvite(hash: hash)) {
            case .chatInviteAlready(let invite): return Entity(invite.chat).map { PeerFinding($0) }
            case .chatInvitePeek(let invite): return Entity(invite.chat).map { PeerFinding($0) }
            case .chatInvite:
                throw PeerError(
                    .inviteNotJoined,
                    "the account is no member of the group or channel of the invitation; "
                        + "join with 'messages.importChatInvite' first"
                )
            }
        } catch is RPCError.InviteHashExpired, is RPCError.InviteHashInvalid, is RPCError.InviteHashEmpty {
            throw PeerError(.inviteExpired, "the invitation has expired or is none; ask for another one")
        }
    }

    /// Without an access hash the server tells of contacts, and a bot of those it has met.
    private func user(_ id: Int64) async throws -> PeerFinding? {
        do {
            let users = try await call(TL.users.GetUsers(id: [.inputUser(userID: id, accessHash: 0)]))
            return users.lazy.compactMap(User.init).first { $0.id == id }.map { PeerFinding(.user($0)) }
        } catch is RPCError.PeerIdInvalid, is RPCError.UserIdInvalid {
            return nil
        }
    }

    /// Without an access hash the server tells a bot of channels of which it is a member.
    private func channel(_ id: Int64) async throws -> PeerFinding? {
        do {
            let chats = try await call(TL.channels.GetChannels(id: [.inputChannel(channelID: id, accessHash: 0)]))
            return chats.entity(.channel(id)).map { PeerFinding($0) }
        } catch is RPCError.ChannelInvalid, is RPCError.ChannelPrivate {
            return nil
        }
    }
}

extension PeerFinding {
    fileprivate init(_ entity: Entity) { self.init(id: entity.peerID, entity: entity) }

    fileprivate init(_ resolved: TL.contacts.ResolvedPeer) {
        let id = PeerID(resolved.peer)
        self.init(id: id, entity: resolved.entity(id))
    }
}
