/// One thing that a server does wrong in a key exchange, for tests of the client's checks. It does all else right.
package enum KeyExchangeMisbehaviour: String, Sendable, CaseIterable {
    // MARK: First answer, resPQ
    case wrongNonceInChallenge
    case primePQ
    case squarePQ
    case productOfThreePrimesPQ
    case largePQ
    case longPQ
    case zeroPQ
    case emptyPQ
    case unknownFingerprints
    case noFingerprints
    case truncatedChallenge
    case trailingBytesAfterChallenge
    case wrongConstructorOfChallenge
    case outcomeInsteadOfChallenge

    // MARK: Second answer, Server_DH_Params
    case wrongNonceInOffer
    case wrongServerNonceInOffer
    case offerRefused
    case offerRefusedWithWrongHash
    case truncatedOffer
    case trailingBytesAfterOffer
    case wrongConstructorOfOffer

    // MARK: Its encrypted part
    case emptyEncryptedOffer
    case unevenEncryptedOffer
    case wrongAnswerHash
    case hashOverPadding
    case excessPadding
    case truncatedInnerData
    case wrongConstructorOfInnerData
    case wrongNonceInInnerData
    case wrongServerNonceInInnerData
    case compositeModulus
    case unsafePrimeModulus
    case shortModulus
    case generatorOne
    case generatorOfWholeGroup
    case publicValueZero
    case publicValueOne
    case publicValueTooSmall
    case publicValueTooLarge
    case publicValueMinusOne
    case publicValueAboveModulus

    // MARK: Third answer, Set_client_DH_params_answer
    case wrongNonceInOutcome
    case wrongServerNonceInOutcome
    case wrongProofOfAcceptance
    case wrongProofOfRetry
    case wrongProofOfFailure
    case proofForAnotherOutcome
    case failure
    case endlessRetries
    case truncatedOutcome
    case trailingBytesAfterOutcome
    case wrongConstructorOfOutcome
}
