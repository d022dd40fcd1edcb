/// What records of a session file say: one byte for the kind, and what belongs to it. Numbers are little-endian.
enum SessionRecord: UInt8 {
    case home = 1
    case authKey = 2
    case noAuthKey = 3
    case account = 4
    case noAccount = 5
    case takeout = 6
    case noTakeout = 7
    case updateState = 8
    case noUpdateState = 9
    case channelState = 10
    case noChannelState = 11
    case peer = 12

    // MARK: - Writing

    static func append(_ change: SessionChange, to bytes: inout [UInt8]) {
        switch change {
        case .home(let address):
            begin(.home, &bytes)
            bytes.append(littleEndian: address.id)
            bytes.append(littleEndian: address.port)
            bytes.append(text: address.host)
        case .authKey(let dataCenter, let key):
            begin(key == nil ? .noAuthKey : .authKey, &bytes)
            bytes.append(littleEndian: dataCenter)
            if let key {
                bytes.append(varint: key.count)
                bytes += key
            }
        case .account(let account):
            begin(account == nil ? .noAccount : .account, &bytes)
            guard let account else { return }
            bytes.append(littleEndian: account.userID)
            bytes.append(littleEndian: account.accessHash)
            bytes.append(account.isBot ? 1 : 0)
        case .takeout(let id):
            begin(id == nil ? .noTakeout : .takeout, &bytes)
            if let id { bytes.append(littleEndian: id) }
        case .updateState(let state):
            begin(state == nil ? .noUpdateState : .updateState, &bytes)
            guard let state else { return }
            for value in [state.pts, state.qts, state.date, state.seq] { bytes.append(littleEndian: value) }
        case .channelState(let channel, let pts):
            begin(pts == nil ? .noChannelState : .channelState, &bytes)
            bytes.append(littleEndian: channel)
            if let pts { bytes.append(littleEndian: pts) }
        }
    }

    static func append(peer row: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        begin(.peer, &bytes)
        bytes.append(contentsOf: row)
    }

    private static func begin(_ kind: SessionRecord, _ bytes: inout [UInt8]) { bytes.append(kind.rawValue) }

    // MARK: - Reading

    /// Why records cannot be read.
    enum Failure {
        case unknownKind(UInt8)
        case malformed
    }

    /// Makes the changes that `bytes` hold, one record after the other, up to the first that cannot be read.
    static func replay(_ bytes: UnsafeRawBufferPointer, into image: inout SessionImage) -> Failure? {
        var reader = ByteReader(bytes)
        while let number = reader.byte() {
            guard let kind = SessionRecord(rawValue: number) else { return .unknownKind(number) }
            if kind == .peer {
                guard let row = PeerRow(validating: reader.rest), let bytes = reader.bytes(row.byteCount) else {
                    return .malformed
                }
                image.peers.store(row, bytes)
            } else {
                guard let change = change(kind, &reader) else { return .malformed }
                image.apply(change)
            }
        }
        return nil
    }

    private static func change(_ kind: SessionRecord, _ reader: inout ByteReader) -> SessionChange? {
        switch kind {
        case .home: home(&reader)
        case .authKey: authKey(&reader)
        case .noAuthKey: reader.integer().map { .authKey(dataCenter: $0, nil) }
        case .account: account(&reader)
        case .noAccount: .account(nil)
        case .takeout: reader.integer().map { .takeout($0) }
        case .noTakeout: .takeout(nil)
        case .updateState: updateState(&reader)
        case .noUpdateState: .updateState(nil)
        case .channelState: channelState(&reader)
        case .noChannelState: reader.integer().map { .channelState(channel: $0, pts: nil) }
        case .peer: nil
        }
    }

    private static func home(_ reader: inout ByteReader) -> SessionChange? {
        guard let id = reader.integer(as: Int32.self), let port = reader.integer(as: UInt16.self),
            let host = reader.text()
        else { return nil }
        return .home(DataCenterAddress(id: id, host: String(decoding: host, as: UTF8.self), port: port))
    }

    private static func authKey(_ reader: inout ByteReader) -> SessionChange? {
        guard let dataCenter = reader.integer(as: Int32.self), let key = reader.text() else { return nil }
        return .authKey(dataCenter: dataCenter, Array(key))
    }

    private static func account(_ reader: inout ByteReader) -> SessionChange? {
        guard let userID = reader.integer(as: Int64.self), let accessHash = reader.integer(as: Int64.self),
            let isBot = reader.byte(), isBot <= 1
        else { return nil }
        return .account(SessionAccount(userID: userID, isBot: isBot == 1, accessHash: accessHash))
    }

    private static func updateState(_ reader: inout ByteReader) -> SessionChange? {
        guard let pts = reader.integer(as: Int32.self), let qts = reader.integer(as: Int32.self),
            let date = reader.integer(as: Int32.self), let seq = reader.integer(as: Int32.self)
        else { return nil }
        return .updateState(UpdateState(pts: pts, qts: qts, date: date, seq: seq))
    }

    private static func channelState(_ reader: inout ByteReader) -> SessionChange? {
        guard let channel = reader.integer(as: Int64.self), let pts = reader.integer(as: Int32.self) else { return nil }
        return .channelState(channel: channel, pts: pts)
    }
}
