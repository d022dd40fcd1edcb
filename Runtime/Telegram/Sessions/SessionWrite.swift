/// What one call wants to be kept.
enum SessionWrite: Sendable {
    case changes([SessionChange])
    case peers(PeerRows)

    /// The part of it that is not there yet; `nil` when all of it is.
    func news(for image: SessionImage) throws(SessionError) -> SessionWrite? {
        switch self {
        case .changes(let changes):
            // All or none: one change may undo the one before.
            return changes.allSatisfy(image.content.has) ? nil : self
        case .peers(let rows):
            let news = image.peers.news(in: rows)
            guard image.peers.hasRoom(for: 2 * news.bytes.count) else {
                throw SessionError(.io, "the session has more peers than can be kept: sign in with a new one")
            }
            return news.isEmpty ? nil : .peers(news)
        }
    }

    /// Appends the records.
    func append(to bytes: inout [UInt8]) {
        switch self {
        case .changes(let changes): for change in changes { SessionRecord.append(change, to: &bytes) }
        case .peers(let rows): rows.forEach { SessionRecord.append(peer: $1, to: &bytes) }
        }
    }
}

extension SessionImage {
    mutating func make(_ write: SessionWrite) {
        switch write {
        case .changes(let changes): for change in changes { apply(change) }
        case .peers(let rows): rows.forEach { peers.store($0, $1) }
        }
    }
}
