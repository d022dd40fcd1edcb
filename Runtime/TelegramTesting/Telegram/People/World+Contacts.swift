import Telegram

extension World {
    func contacts(_ request: TL.contacts.GetContacts, by caller: Caller) -> TL.contacts.Contacts {
        let own = inboxes[caller.accountID]?.contacts ?? [:]
        let ids = own.keys.sorted()
        guard request.hash == 0 || request.hash != Self.hash(of: [0] + ids) else { return .contactsNotModified }
        var view = View(caller.accountID)
        for id in ids { view.see(.user(id)) }
        return .contacts(
            contacts: ids.map { TL.Contact(userID: $0, mutual: isMutual($0, caller)) },
            savedCount: 0,
            users: users(view)
        )
    }

    func contactStatuses(by caller: Caller) -> [TL.ContactStatus] {
        (inboxes[caller.accountID]?.contacts ?? [:]).keys.sorted().compactMap { id in
            accounts[id].map { TL.ContactStatus(userID: id, status: status(of: $0)) }
        }
    }

    mutating func importContacts(
        _ request: TL.contacts.ImportContacts,
        by caller: Caller
    ) -> TL.contacts.ImportedContacts {
        var imported: [TL.ImportedContact] = []
        var view = View(caller.accountID)
        for contact in request.contacts {
            guard let account = account(phone: contact.phone), account.id != caller.accountID else { continue }
            add(account.id, contact.firstName, contact.lastName, to: caller.accountID)
            imported.append(TL.ImportedContact(userID: account.id, clientID: contact.clientID))
            view.see(.user(account.id))
        }
        return TL.contacts.ImportedContacts(
            imported: imported,
            popularInvites: [],
            retryContacts: [],
            users: users(view)
        )
    }

    mutating func addContact(_ request: TL.contacts.AddContact, by caller: Caller) throws -> TL.Updates {
        let id = try userID(request.id, for: caller.accountID)
        guard id != caller.accountID else { throw refusal("CONTACT_ID_INVALID") }
        guard isName(request.firstName) else { throw refusal("CONTACT_NAME_EMPTY") }
        add(id, request.firstName, request.lastName, to: caller.accountID)
        return settingsUpdate(of: [id], by: caller)
    }

    mutating func deleteContacts(_ request: TL.contacts.DeleteContacts, by caller: Caller) throws -> TL.Updates {
        var ids: [Int64] = []
        for input in request.id { ids.append(try userID(input, for: caller.accountID)) }
        for id in ids { inboxes[caller.accountID]?.contacts[id] = nil }
        return settingsUpdate(of: ids, by: caller)
    }

    private mutating func add(_ id: Int64, _ firstName: String, _ lastName: String, to owner: Int64) {
        inboxes[owner, default: Inbox()].contacts[id] = .init(firstName: firstName, lastName: lastName)
    }

    private mutating func settingsUpdate(of ids: [Int64], by caller: Caller) -> TL.Updates {
        let updates = ids.map { id in
            WorldUpdate.lasting(
                .updatePeerSettings(
                    peer: .peerUser(userID: id),
                    settings: TL.PeerSettings(
                        addContact: inboxes[caller.accountID]?.contacts[id] == nil,
                        blockContact: inboxes[caller.accountID]?.contacts[id] == nil
                    )
                ),
                about: [.user(id)]
            )
        }
        return answer(updates, by: caller)
    }

    private func isMutual(_ id: Int64, _ caller: Caller) -> Bool {
        inboxes[id]?.contacts[caller.accountID] != nil
    }

    // MARK: - Finding

    func resolveUsername(_ request: TL.contacts.ResolveUsername, by caller: Caller) throws -> TL.contacts.ResolvedPeer {
        guard Self.isUsername(request.username) || Self.isUsername(request.username + "xx") else {
            throw refusal("USERNAME_INVALID")
        }
        guard let peer = usernames[Self.key(request.username)] else { throw refusal("USERNAME_NOT_OCCUPIED") }
        return resolved(peer, by: caller)
    }

    func resolvePhone(_ request: TL.contacts.ResolvePhone, by caller: Caller) throws -> TL.contacts.ResolvedPeer {
        guard let account = account(phone: request.phone) else { throw refusal("PHONE_NOT_OCCUPIED") }
        return resolved(.user(account.id), by: caller)
    }

    private func resolved(_ peer: PeerID, by caller: Caller) -> TL.contacts.ResolvedPeer {
        var view = View(caller.accountID)
        return TL.contacts.ResolvedPeer(peer: view.see(peer), chats: chats(view), users: users(view))
    }

    func search(_ request: TL.contacts.Search, by caller: Caller) throws -> TL.contacts.Found {
        let query = request.q.lowercased()
        guard !query.isEmpty else { throw refusal("SEARCH_QUERY_EMPTY") }
        guard query.count >= 3 else { throw refusal("QUERY_TOO_SHORT") }
        let viewer = caller.accountID
        let own = Set(dialogPeers(of: viewer)).union((inboxes[viewer]?.contacts ?? [:]).keys.map { .user($0) })
        let limit = Int(max(0, request.limit))
        var view = View(viewer)
        let mine = own.filter { name(of: $0, for: viewer).lowercased().contains(query) }
        let global = usernames.filter { $0.key.contains(query) && !mine.contains($0.value) }.map(\.value)
        let sorted = { (peers: [PeerID]) in Array(peers.sorted { $0.marked < $1.marked }.prefix(limit)) }
        return TL.contacts.Found(
            myResults: sorted(Array(mine)).map { view.see($0) },
            results: sorted(global).map { view.see($0) },
            chats: chats(view),
            users: users(view)
        )
    }

    func name(of peer: PeerID, for viewer: Int64) -> String {
        switch peer {
        case .user(let id):
            let contact = inboxes[viewer]?.contacts[id]
            let account = accounts[id]
            let names = [
                contact?.firstName ?? account?.firstName, contact?.lastName ?? account?.lastName, account?.username,
            ]
            return names.compactMap(\.self).joined(separator: " ")
        case .chat(let id): return groups[id]?.title ?? ""
        case .channel(let id): return channels[id]?.title ?? ""
        }
    }

    // MARK: - Blocking

    mutating func block(_ input: TL.InputPeer, _ isBlocked: Bool, by caller: Caller) throws -> Bool {
        let peer = try peerID(input, for: caller.accountID)
        guard case .user(let id) = peer, id != caller.accountID else { throw refusal("CONTACT_ID_INVALID") }
        let wasBlocked = inboxes[caller.accountID]?.blocked[peer] != nil
        inboxes[caller.accountID]?.blocked[peer] = isBlocked ? now : nil
        guard wasBlocked != isBlocked else { return true }
        let update = TL.Update.updatePeerBlocked(blocked: isBlocked, peerID: peer.wire)
        tell(caller.accountID, [.lasting(update, about: [peer])], except: caller.session)
        if accounts[id]?.isBot == true {
            tellSecondary(id, .botStopped(user: caller.accountID, isStopped: isBlocked))
        }
        return true
    }

    func blocked(_ request: TL.contacts.GetBlocked, by caller: Caller) -> TL.contacts.Blocked {
        let all = (inboxes[caller.accountID]?.blocked ?? [:]).sorted { $0.value > $1.value }
        let page = all.dropFirst(Int(max(0, request.offset))).prefix(Int(max(0, request.limit)))
        var view = View(caller.accountID)
        let blocked = page.map { TL.PeerBlocked(peerID: view.see($0.key), date: $0.value) }
        if page.count == all.count { return .blocked(blocked: blocked, chats: chats(view), users: users(view)) }
        return .blockedSlice(count: Int32(all.count), blocked: blocked, chats: chats(view), users: users(view))
    }
}
