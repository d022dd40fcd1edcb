import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

/// Each thing that a server can do wrong is refused, by the check that exists for it, at the first answer that shows
/// it.
@Suite struct KeyExchangeMisbehaviourTests {
    @Test(arguments: KeyExchangeMisbehaviour.allCases)
    func misbehaviourIsRefusedByItsCheck(_ misbehaviour: KeyExchangeMisbehaviour) throws {
        var run = try KeyExchangeRun(misbehaviour: misbehaviour)
        let error = try #require(failure { try run.finish() })
        #expect(error.check == misbehaviour.expectedCheck, "\(error)")
        if error.check == nil { #expect(error.code == .keyExchangeFailed) }
        #expect(run.answerCount == misbehaviour.expectedAnswerCount)
        #expect(run.client.isOver)
    }

    @Test func theModuliThatAreRefusedAreWhatTheyClaimToBe() throws {
        let prime = BigNumber(bytes: DiffieHellmanGroup.knownPrime)
        let composite = prime + BigNumber(6)
        #expect(!composite.isPrime)
        #expect(composite.bitCount == 2048 && composite.modulo(3) == 2)
        let unsafePrime = prime + BigNumber(570)
        #expect(unsafePrime.isPrime && !(unsafePrime >> 1).isPrime)
        #expect(unsafePrime.bitCount == 2048 && unsafePrime.modulo(3) == 2)
    }

    @Test func theLastRetryThatIsAllowedIsAnswered() throws {
        var run = try KeyExchangeRun(misbehaviour: .endlessRetries)
        let error = failure { try run.finish() }
        #expect(error?.message.contains("6 times") == true, "\(String(describing: error))")
    }
}

extension KeyExchangeMisbehaviour {
    /// `nil` where the server refuses, and proves that it is the server: that is no attack.
    var expectedCheck: SecurityCheck? {
        switch self {
        case .wrongNonceInChallenge, .wrongNonceInOffer, .wrongNonceInInnerData, .wrongNonceInOutcome: .nonce
        case .wrongServerNonceInOffer, .wrongServerNonceInInnerData, .wrongServerNonceInOutcome: .serverNonce
        case .primePQ, .squarePQ, .productOfThreePrimesPQ, .largePQ, .longPQ, .zeroPQ, .emptyPQ: .factorization
        case .unknownFingerprints, .noFingerprints: .publicKey
        case .truncatedChallenge, .trailingBytesAfterChallenge, .wrongConstructorOfChallenge,
            .outcomeInsteadOfChallenge, .truncatedOffer, .trailingBytesAfterOffer, .wrongConstructorOfOffer,
            .truncatedOutcome, .trailingBytesAfterOutcome, .wrongConstructorOfOutcome:
            .unencryptedMessage
        case .emptyEncryptedOffer, .unevenEncryptedOffer, .excessPadding: .answerLength
        case .wrongAnswerHash, .hashOverPadding, .truncatedInnerData, .wrongConstructorOfInnerData: .answerHash
        case .compositeModulus, .unsafePrimeModulus, .shortModulus: .safePrime
        case .generatorOne, .generatorOfWholeGroup: .generator
        case .publicValueZero, .publicValueOne, .publicValueTooSmall, .publicValueTooLarge, .publicValueMinusOne,
            .publicValueAboveModulus:
            .publicValueRange
        case .offerRefusedWithWrongHash, .wrongProofOfAcceptance, .wrongProofOfRetry, .wrongProofOfFailure,
            .proofForAnotherOutcome:
            .newNonceHash
        case .offerRefused, .failure, .endlessRetries: nil
        }
    }

    /// At which answer the client gives up.
    fileprivate var expectedAnswerCount: Int {
        switch self {
        case .wrongNonceInChallenge, .primePQ, .squarePQ, .productOfThreePrimesPQ, .largePQ, .longPQ, .zeroPQ, .emptyPQ,
            .unknownFingerprints, .noFingerprints, .truncatedChallenge, .trailingBytesAfterChallenge,
            .wrongConstructorOfChallenge, .outcomeInsteadOfChallenge:
            1
        case .wrongNonceInOutcome, .wrongServerNonceInOutcome, .wrongProofOfAcceptance, .wrongProofOfRetry,
            .wrongProofOfFailure, .proofForAnotherOutcome, .failure, .truncatedOutcome, .trailingBytesAfterOutcome,
            .wrongConstructorOfOutcome:
            3
        case .endlessRetries: 2 + ClientKeyExchange.retryLimit + 1
        default: 2
        }
    }
}
