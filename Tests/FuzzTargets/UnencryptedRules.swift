import MTProto

/// What reading messages promises that come before there is a key.
enum UnencryptedRules {
    static func violation(by reader: inout InputReader) -> String? {
        let side: MessageSide? =
            switch reader.byte() % 3 {
            case 0: nil
            case 1: .client
            default: .server
            }
        let isBody = reader.byte() & 1 == 0
        let id = MessageID(reader.number(Int64.self))
        let bytes = reader.remainder()
        if isBody, !bytes.isEmpty, id.rawValue != 0 {
            let body = bytes + [UInt8](repeating: 0, count: -bytes.count & 3)
            for padding in [0, 15] {
                let packet = UnencryptedMessage.packet(body: body, id: id) + [UInt8](repeating: 1, count: padding)
                guard let found = try? UnencryptedMessage.body(of: packet), found.body == body, found.id == id else {
                    return "an unencrypted message comes out as it went in"
                }
            }
        }
        do throws(MTProtoError) {
            let found = try UnencryptedMessage.body(of: bytes, from: side)
            if found.body.isEmpty || !found.body.count.isMultiple(of: 4) { return "a body consists of words" }
            if found.body.count > bytes.count - UnencryptedMessage.headerByteCount {
                return "a body lies in its packet"
            }
            if side == .client && !found.id.isFromClient || side == .server && !found.id.isFromServer {
                return "an identifier tells the side"
            }
            let again = UnencryptedMessage.packet(body: found.body, id: found.id)
            return bytes.starts(with: again) ? nil : "an unencrypted message is written as it was read"
        } catch {
            return ErrorRules.violation(by: error)
        }
    }
}
