import Testing

@testable import Telegram

@Suite struct PeerTableTests {
    /// What the table promises, in the simplest form.
    private struct Model {
        var peers: [PeerID: StoredPeer] = [:]

        mutating func store(_ peer: StoredPeer) {
            for id in peers.keys where id != peer.id {
                peers[id]?.usernames.removeAll { peer.usernames.contains($0) }
                if peer.phone != nil, peers[id]?.phone == peer.phone { peers[id]?.phone = nil }
            }
            peers[peer.id] = peer
        }
    }

    private func randomPeer(_ random: inout Numbers) -> StoredPeer {
        let number = Int64.random(in: 0..<40, using: &random)
        let id: PeerID =
            switch Int.random(in: 0..<3, using: &random) {
            case 0: .user(number)
            case 1: .chat(number)
            default: .channel(number)
            }
        let usernames = Set(
            (0..<Int.random(in: 0...3, using: &random)).map { _ in
                "name\(Int.random(in: 0..<30, using: &random))"
            }
        )
        return StoredPeer(
            id: id,
            accessHash: Int64.random(in: 0..<3, using: &random),
            usernames: usernames.sorted(),
            phone: Bool.random(using: &random) ? "\(Int.random(in: 0..<30, using: &random))" : nil,
            name: "N\(Int.random(in: 0..<10, using: &random))"
        )
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func behavesLikeTheModel(seed: UInt64) {
        var random = Numbers(seed)
        var table = PeerTable()
        var model = Model()
        for _ in 0..<300 {
            let batch = (0..<Int.random(in: 1...6, using: &random)).map { _ in randomPeer(&random) }
            let rows = PeerRows(batch)
            // Leaving out what is known already makes no difference.
            table.news(in: rows).forEach { table.store($0, $1) }
            for peer in batch { model.store(peer) }
        }
        expectSame(table, model)
        // Replaying the rows that count gives the same.
        var copy = PeerTable()
        table.forEachRow { copy.store(PeerRow(trusted: $0, at: 0), $0) }
        expectSame(copy, model)
    }

    private func expectSame(_ table: PeerTable, _ model: Model) {
        #expect(table.count == model.peers.count)
        for (id, peer) in model.peers {
            #expect(table.peer(id) == peer)
            for username in peer.usernames { #expect(table.peer(.username, username)?.id == id) }
            if let phone = peer.phone { #expect(table.peer(.phone, phone)?.id == id) }
            #expect(table.peer(.name, peer.name)?.name == peer.name)
        }
        for number in 0..<30 {
            let owner = model.peers.values.first { $0.usernames.contains("name\(number)") }
            #expect(table.peer(.username, "name\(number)") == owner)
            #expect(table.peer(.phone, "\(number)") == model.peers.values.first { $0.phone == "\(number)" })
        }
    }

    @Test func replacedRowsDoNotPileUp() {
        var table = PeerTable()
        for round in 0..<2_000 {
            let peers = (0..<100).map { StoredPeer(id: .user($0), accessHash: Int64(round), name: "Some name") }
            PeerRows(peers).forEach { table.store($0, $1) }
        }
        #expect(table.count == 100)
        var rows = 0
        table.forEachRow { _ in rows += 1 }
        #expect(rows == 100)
        #expect(table.byteCount < 200_000)
    }

    @Test func longTextsAreKept() {
        let long = String(repeating: "ä", count: 100_000)
        let peer = StoredPeer(id: .user(1), accessHash: 1, usernames: [long], phone: long, name: long)
        var table = PeerTable()
        PeerRows([peer]).forEach { table.store($0, $1) }
        #expect(table.peer(.name, long) == peer)
        #expect(table.peer(.username, long) == peer)
        #expect(table.peer(.phone, long) == peer)
    }

    @Test func bytesOfAnyKindAreRefusedOrRead() {
        var random = Numbers(7)
        var valid: [UInt8] = []
        PeerRow.append(StoredPeer.samples[0], to: &valid)
        var accepted = 0
        for _ in 0..<20_000 {
            var bytes = valid
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            bytes.withUnsafeBytes { bytes in
                guard let row = PeerRow(validating: bytes) else { return }
                accepted += 1
                #expect(row.byteCount <= bytes.count)
                _ = row.peer
                row.forEachText { _, _ in }
            }
        }
        #expect(accepted > 0)
    }
}
