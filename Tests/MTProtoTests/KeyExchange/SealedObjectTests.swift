import MTProto
import MTProtoCrypto
import TLRuntime
import Testing

@Suite struct SealedObjectTests {
    private typealias Sealed = SealedObject<MTP.ClientDHInnerData>
    private let keys = KeyDerivation.handshakeKeys(serverNonce: [UInt8](0...15), newNonce: [UInt8](0...31))

    @Test(arguments: 0..<20)
    func whatIsSealedIsOpened(count: Int) throws {
        let object = object(gB: [UInt8](repeating: 5, count: count))
        let sealed = Sealed.seal(object.wireBytes, keys: keys, random: SystemRandom())
        #expect(sealed.count.isMultiple(of: 16) && sealed.count < 20 + object.wireBytes.count + 16)
        #expect(try Sealed(opening: sealed, keys: keys).value.wireBytes == object.wireBytes)
    }

    @Test func anyOtherLengthIsRefused() {
        let sealed = Sealed.seal(object(gB: [1]).wireBytes, keys: keys, random: SystemRandom())
        for count in sealed.indices {
            let expected: SecurityCheck = count.isMultiple(of: 16) && count >= 32 ? .answerHash : .answerLength
            #expect(check(Array(sealed.prefix(count))) == expected, "\(count) of \(sealed.count)")
        }
    }

    @Test func everyByteOfTheObjectIsHashed() {
        let object = object(gB: [UInt8](repeating: 5, count: 255)).wireBytes
        for offset in object.indices {
            var plain = Digest.sha1(object) + object
            plain[20 + offset] ^= 1
            plain += [UInt8](repeating: 0, count: (16 - plain.count % 16) % 16)
            AESIGE.encrypt(&plain, key: keys.key, iv: keys.iv)
            #expect(check(plain) != nil, "byte \(offset)")
        }
    }

    @Test func paddingIsLimitedToFifteenBytes() {
        let object = object(gB: [1]).wireBytes
        for count in stride(from: (12 - object.count % 16 + 16) % 16, to: 64, by: 16) {
            var plain = Digest.sha1(object) + object + [UInt8](repeating: 3, count: count)
            AESIGE.encrypt(&plain, key: keys.key, iv: keys.iv)
            #expect(check(plain) == (count < 16 ? nil : .answerLength), "\(count) bytes")
        }
    }

    private func object(gB: [UInt8]) -> MTP.ClientDHInnerData {
        let nonce = TLInt128(low: 1, high: 2)
        return MTP.ClientDHInnerData(nonce: nonce, serverNonce: nonce, retryID: 0, gB: gB)
    }

    private func check(_ sealed: [UInt8]) -> SecurityCheck? {
        do throws(MTProtoError) {
            _ = try Sealed(opening: sealed, keys: keys)
            return nil
        } catch {
            return error.check
        }
    }
}
