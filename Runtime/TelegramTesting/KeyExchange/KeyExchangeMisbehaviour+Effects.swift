import MTProto
import MTProtoCrypto
import TLRuntime

/// The three answers of a server.
enum KeyExchangeAnswer: Sendable { case challenge, offer, outcome }

extension KeyExchangeMisbehaviour {
    /// What stands for `pq`; `nil` for the right one.
    func pq(insteadOf p: UInt64, times q: UInt64) -> [UInt8]? {
        switch self {
        case .primePQ: PrimeFactors.bytes(of: (1 << 61) - 1)
        case .squarePQ: PrimeFactors.bytes(of: p * p)
        case .productOfThreePrimesPQ: PrimeFactors.bytes(of: 1_000_003 * 1_000_033 * 1_000_037)
        case .largePQ: PrimeFactors.bytes(of: 4_294_967_279 * 4_294_967_291)
        case .longPQ: [1] + PrimeFactors.bytes(of: p * q)
        case .zeroPQ: [0]
        case .emptyPQ: []
        default: nil
        }
    }

    /// Which keys are offered; `nil` for the right one.
    func fingerprints(insteadOf fingerprint: Int64) -> [Int64]? {
        switch self {
        case .unknownFingerprints: [fingerprint ^ 1, 0x0123_4567_89ab_cdef]
        case .noFingerprints: []
        default: nil
        }
    }

    /// The generator and the modulus that are offered; `nil` for the right ones.
    func group(insteadOf prime: [UInt8]) -> (generator: Int32, prime: [UInt8])? {
        let number = BigNumber(bytes: prime)
        return switch self {
        // Six more than a number with the remainder 2 modulo 3 keeps it, so that only the primality is at fault.
        case .compositeModulus: (3, (number + BigNumber(6)).bytes())
        // The next prime for which the generator is right, though half of it is no prime.
        case .unsafePrimeModulus: (3, (number + BigNumber(570)).bytes())
        case .shortModulus: (7, Self.safePrimeOf1024Bits)
        case .generatorOne: (1, prime)
        case .generatorOfWholeGroup: (2, prime)
        default: nil
        }
    }

    /// The server's public value; `nil` for the right one.
    func publicValue(modulo prime: [UInt8]) -> [UInt8]? {
        let number = BigNumber(bytes: prime)
        let edge = BigNumber(1) << 1983
        return switch self {
        case .publicValueZero: [0]
        case .publicValueOne: [1]
        case .publicValueTooSmall: edge.bytes()
        case .publicValueTooLarge: (number - edge).bytes()
        case .publicValueMinusOne: (number - BigNumber(1)).bytes()
        case .publicValueAboveModulus: (number + edge + edge + edge).bytes()
        default: nil
        }
    }

    /// Nonces as they are repeated in an answer, or in the encrypted part of the second one.
    func nonces(
        _ nonce: TLInt128,
        _ serverNonce: TLInt128,
        in answer: KeyExchangeAnswer,
        encrypted: Bool = false
    ) -> (nonce: TLInt128, serverNonce: TLInt128) {
        switch (self, answer, encrypted) {
        case (.wrongNonceInChallenge, .challenge, _), (.wrongNonceInOffer, .offer, false),
            (.wrongNonceInInnerData, .offer, true), (.wrongNonceInOutcome, .outcome, _):
            (nonce.withLastBitFlipped, serverNonce)
        case (.wrongServerNonceInOffer, .offer, false), (.wrongServerNonceInInnerData, .offer, true),
            (.wrongServerNonceInOutcome, .outcome, _):
            (nonce, serverNonce.withLastBitFlipped)
        default: (nonce, serverNonce)
        }
    }

    /// The whole of an answer.
    func body(_ body: [UInt8], of answer: KeyExchangeAnswer) -> [UInt8] {
        switch (self, answer) {
        case (.truncatedChallenge, .challenge), (.truncatedOffer, .offer), (.truncatedOutcome, .outcome):
            Array(body.dropLast(4))
        case (.trailingBytesAfterChallenge, .challenge), (.trailingBytesAfterOffer, .offer),
            (.trailingBytesAfterOutcome, .outcome):
            body + [0, 0, 0, 0]
        case (.wrongConstructorOfChallenge, .challenge), (.wrongConstructorOfOffer, .offer),
            (.wrongConstructorOfOutcome, .outcome):
            [body[0] ^ 1] + body.dropFirst()
        default: body
        }
    }

    /// The encrypted part of the second answer; `nil` when it is as it should be.
    func sealed(_ object: [UInt8], keys: (key: [UInt8], iv: [UInt8]), random: any RandomSource) -> [UInt8]? {
        var bytes: [UInt8]
        switch self {
        case .emptyEncryptedOffer: return []
        case .unevenEncryptedOffer:
            return SealedObject<MTP.ServerDHInnerData>.seal(object, keys: keys, random: random).dropLast(4)
        case .truncatedInnerData:
            let shorter = Array(object.dropLast(4))
            return SealedObject<MTP.ServerDHInnerData>.seal(shorter, keys: keys, random: random)
        case .wrongConstructorOfInnerData:
            let other = [object[0] ^ 1] + object.dropFirst()
            return SealedObject<MTP.ServerDHInnerData>.seal(other, keys: keys, random: random)
        case .wrongAnswerHash:
            bytes = Digest.sha1(object) + object
            bytes[19] ^= 1
            bytes += random.bytes((16 - bytes.count % 16) % 16)
        case .hashOverPadding:
            let padded = object + random.bytes((28 - object.count % 16) % 16)
            bytes = Digest.sha1(padded) + padded
        case .excessPadding:
            bytes = Digest.sha1(object) + object
            bytes += random.bytes((16 - bytes.count % 16) % 16 + 16)
        default: return nil
        }
        AESIGE.encrypt(&bytes, key: keys.key, iv: keys.iv)
        return bytes
    }

    /// Oakley group 2 of RFC 2409: nothing is wrong with it except its size.
    private static let safePrimeOf1024Bits: [UInt8] = {
        let words: [UInt64] = [
            0xffff_ffff_ffff_ffff, 0xc90f_daa2_2168_c234, 0xc4c6_628b_80dc_1cd1, 0x2902_4e08_8a67_cc74,
            0x020b_bea6_3b13_9b22, 0x514a_0879_8e34_04dd, 0xef95_19b3_cd3a_431b, 0x302b_0a6d_f25f_1437,
            0x4fe1_356d_6d51_c245, 0xe485_b576_625e_7ec6, 0xf44c_42e9_a637_ed6b, 0x0bff_5cb6_f406_b7ed,
            0xee38_6bfb_5a89_9fa5, 0xae9f_2411_7c4b_1fe6, 0x4928_6651_ece6_5381, 0xffff_ffff_ffff_ffff,
        ]
        return words.flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
    }()
}

extension TLInt128 {
    var withLastBitFlipped: TLInt128 { TLInt128(low: low, high: high ^ 1 << 63) }
}
