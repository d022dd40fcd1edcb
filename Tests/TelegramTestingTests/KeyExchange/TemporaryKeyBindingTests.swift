import MTProto
import MTProtoCrypto
import TLRuntime
import TelegramTesting
import Testing

@Suite struct TemporaryKeyBindingTests {
    private let permanent = KeyExchangeRandom(1).bytes(256)
    private let temporary = KeyExchangeRandom(2).bytes(256)
    private let messageID = MessageID(0x6553_f100_0000_0004)

    @Test func theServerAcceptsTheRequestOfTheClient() throws {
        let request = try Fields(request())
        #expect(failure { try verify(request) } == nil)
    }

    @Test func theRequestNamesThePermanentKeyAndTheTime() throws {
        let request = try Fields(request())
        #expect(request.permanentKeyID == (try key(permanent)).id)
        #expect(request.expiresAt == 1_700_086_400)
        #expect(request.encryptedMessage.count == 24 + 80)
    }

    @Test func eachRequestIsAnotherOne() throws {
        #expect(try Fields(request(stream: 10)).nonce != Fields(request(stream: 11)).nonce)
    }

    @Test func anythingThatDoesNotMatchIsRefused() throws {
        let request = try Fields(request())
        #expect(failure { try verify(request, messageID: MessageID(8)) }?.check == .temporaryKey)
        #expect(failure { try verify(request, sessionID: 43) }?.check == .temporaryKey)
        #expect(failure { try verify(request, temporaryKeyID: 1) }?.check == .temporaryKey)
        #expect(failure { try verify(request, nonce: request.nonce ^ 1) }?.check == .temporaryKey)
        #expect(failure { try verify(request, expiresAt: 1) }?.check == .temporaryKey)
        #expect(failure { try verify(request, permanentKey: temporary) }?.check == .temporaryKey)
    }

    @Test func everyByteOfTheEncryptedMessageMatters() throws {
        let request = try Fields(request())
        for offset in request.encryptedMessage.indices {
            var damaged = request
            damaged.encryptedMessage[offset] ^= 0x40
            // The hash leaves out the padding, but a damaged block of it garbles what stands in front of the padding.
            #expect(failure { try verify(damaged) }?.check == .temporaryKey, "byte \(offset)")
        }
        for count in 0..<request.encryptedMessage.count {
            var shorter = request
            shorter.encryptedMessage = Array(request.encryptedMessage.prefix(count))
            #expect(failure { try verify(shorter) }?.check == .temporaryKey, "\(count) bytes")
        }
    }

    @Test(arguments: Crafted.allCases)
    func contentThatIsWrongIsRefusedThoughItIsEncryptedRightly(_ crafted: Crafted) throws {
        let (permanent, temporary) = (try key(permanent), try key(temporary))
        let inner = MTP.BindAuthKeyInner(
            nonce: 1,
            tempAuthKeyID: temporary.id,
            permAuthKeyID: permanent.id ^ (crafted == .otherPermanentKey ? 1 : 0),
            tempSessionID: 42,
            expiresAt: 1_700_086_400
        ).wireBytes
        var plain = [UInt8](repeating: 9, count: 16) + messageID.rawValue.littleEndianBytes
        plain += [crafted == .sequenceNumber ? 1 : 0, 0, 0, 0, crafted == .length ? 44 : 40, 0, 0, 0]
        plain += crafted == .constructor ? [0] + inner.dropFirst() : inner
        if crafted == .length { plain += [0, 0, 0, 0] }
        var messageKey = Array(Digest.sha1(plain)[4..<20])
        if crafted == .messageKey { messageKey[0] ^= 1 }
        plain += [UInt8](repeating: 0, count: (16 - plain.count % 16) % 16 + (crafted == .padding ? 16 : 0))
        let keys = KeyDerivation.legacyMessageKeys(authKey: permanent.bytes, messageKey: messageKey, fromClient: true)
        AESIGE.encrypt(&plain, key: keys.key, iv: keys.iv)
        let encrypted = permanent.id.littleEndianBytes + messageKey + plain

        let error = failure {
            try TemporaryKeyBindingCheck.verify(
                encryptedMessage: encrypted,
                permanentKey: permanent,
                temporaryKeyID: temporary.id,
                messageID: messageID,
                nonce: 1,
                expiresAt: 1_700_086_400
            )
        }
        #expect(error?.check == (crafted == .nothing ? nil : .temporaryKey))
    }

    enum Crafted: CaseIterable {
        case nothing, messageKey, sequenceNumber, length, padding, constructor, otherPermanentKey
    }

    // MARK: -

    private func key(_ bytes: [UInt8]) throws -> AuthKey { try #require(AuthKey(bytes: bytes)) }

    private func request(stream: UInt64 = 3) throws -> [UInt8] {
        TemporaryKeyBinding(
            permanentKey: try key(permanent),
            temporaryKey: try key(temporary),
            expiresAt: 1_700_086_400
        ).requestBody(messageID: messageID, sessionID: 42, random: KeyExchangeRandom(stream))
    }

    private func verify(
        _ request: Fields,
        permanentKey: [UInt8]? = nil,
        temporaryKeyID: Int64? = nil,
        messageID: MessageID? = nil,
        sessionID: Int64 = 42,
        nonce: Int64? = nil,
        expiresAt: Int32? = nil
    ) throws {
        try TemporaryKeyBindingCheck.verify(
            encryptedMessage: request.encryptedMessage,
            permanentKey: key(permanentKey ?? permanent),
            temporaryKeyID: temporaryKeyID ?? key(temporary).id,
            messageID: messageID ?? self.messageID,
            sessionID: sessionID,
            nonce: nonce ?? request.nonce,
            expiresAt: expiresAt ?? request.expiresAt
        )
    }

    /// The fields of `auth.bindTempAuthKey`, read by hand.
    private struct Fields {
        var permanentKeyID: Int64
        var nonce: Int64
        var expiresAt: Int32
        var encryptedMessage: [UInt8]

        init(_ body: [UInt8]) throws {
            try #require(body.count > 28 && Array(body[0..<4]) == [0x05, 0x2a, 0xd4, 0xcd])
            permanentKeyID = Int64(littleEndianBytes: body[4..<12])
            nonce = Int64(littleEndianBytes: body[12..<20])
            expiresAt = Int32(truncatingIfNeeded: Int64(littleEndianBytes: body[20..<24]))
            let count = Int(body[24])
            encryptedMessage = Array(body[25..<25 + count])
            #expect((25 + count + 3) / 4 * 4 == body.count)
        }
    }
}
