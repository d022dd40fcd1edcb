import MTProto
import MTProtoCrypto
import TLRuntime
import TelegramTesting

/// What both halves of the key exchange promise: nobody gets a key but by an exchange that nobody has touched.
///
/// The first byte picks a step, which is reached by an honest exchange; the rest is what comes then, or changes it.
public struct KeyExchangeRules: Sendable {
    private let exchange: HonestExchange

    /// Runs the honest exchange, once for all inputs; `nil` when that fails.
    public init?() {
        guard let exchange = HonestExchange() else { return nil }
        self.exchange = exchange
    }

    /// The rule that an input breaks; `nil` when all hold.
    public func violation(by input: [UInt8]) -> String? {
        exchange.rewind()
        var reader = InputReader(input)
        let choice = reader.byte() % 20
        switch choice {
        case 0...5:
            let stage = choice % 3
            let honest = exchange.answers[stage]
            return answerViolation(choice < 3 ? reader.remainder() : reader.changed(honest), at: stage)
        case 6...11:
            let stage = choice % 3
            let honest = exchange.requests[stage]
            return requestViolation(choice < 9 ? reader.remainder() : reader.changed(honest), at: stage)
        case 12: return offerViolation(by: reader.changed(exchange.offer))
        case 13: return offerViolation(by: reader.remainder())
        case 14: return proofViolation(by: Array(reader.changed(exchange.proof).prefix(144)))
        case 15: return halfViolation(by: reader.changed(exchange.half))
        case 16: return UnencryptedRules.violation(by: &reader)
        default: return KeyBindingRules.violation(by: &reader, choice: choice)
        }
    }

    // MARK: - The client

    private func answerViolation(_ answer: [UInt8], at stage: Int) -> String? {
        var client = exchange.clients[stage]
        let isHonest = HonestExchange.sameAnswer(answer, exchange.answers[stage], stage: stage)
        do throws(MTProtoError) {
            switch try client.received(answer, at: HonestExchange.now) {
            case .finished(let result):
                if stage != 2 || !isHonest { return "a client gets a key from an honest answer only" }
                if result.key != exchange.key { return "both sides have the same key" }
                if client.isOver == false { return "an exchange with a key is over" }
            case .send(let request):
                // The server's nonce is its own to choose; all else is proven.
                if stage == 2 || stage == 1 && !isHonest { return "a client goes on after an honest answer only" }
                if !request.count.isMultiple(of: 4) { return "a request consists of words" }
            }
            return nil
        } catch {
            if isHonest { return "a client takes an honest answer: \(error)" }
            return ErrorRules.violation(by: error) ?? failureViolation(client, at: stage)
        }
    }

    /// After a failure not even the honest answer helps.
    private func failureViolation(_ client: ClientKeyExchange, at stage: Int) -> String? {
        var client = client
        guard client.isOver else { return "an exchange that failed is over" }
        return (try? client.received(exchange.answers[stage], at: HonestExchange.now)) == nil
            ? nil : "an exchange that failed stays failed"
    }

    /// The encrypted part of the second answer, sealed as it has to be.
    private func offerViolation(by inner: [UInt8]) -> String? {
        var client = exchange.clients[1]
        let sealed = SealedObject<MTP.ServerDHInnerData>.seal(
            inner,
            keys: exchange.handshakeKeys,
            random: ReplayedRandom(seed: 23)
        )
        let answer = MTP.ServerDHParams.serverDHParamsOk(
            nonce: exchange.nonce,
            serverNonce: exchange.serverNonce,
            encryptedAnswer: sealed
        )
        let offer = try? LeadingValue<MTP.ServerDHInnerData>(decoding: inner)
        do throws(MTProtoError) {
            _ = try client.received(answer.wireBytes, at: HonestExchange.now)
        } catch {
            return ErrorRules.violation(by: error) ?? failureViolation(client, at: 1)
        }
        guard let offer = offer?.value else { return "an offer can be read" }
        if offer.nonce != exchange.nonce || offer.serverNonce != exchange.serverNonce {
            return "an offer repeats nonces"
        }
        let prime = offer.dhPrime.drop { $0 == 0 }
        if !prime.elementsEqual(DiffieHellmanGroup.knownPrime) { return "an offer has a safe prime" }
        if ![3, 4, 5, 7].contains(offer.g) { return "an offer has a fitting generator" }
        return DiffieHellmanGroup.isInRange(offer.gA, prime: offer.dhPrime) ? nil : "an offer has a value in range"
    }

    // MARK: - The server

    private func requestViolation(_ request: [UInt8], at stage: Int) -> String? {
        var server = exchange.servers[stage]
        let isHonest = HonestExchange.sameRequest(request, exchange.requests[stage], stage: stage)
        do throws(MTProtoError) {
            switch try server.received(request, at: HonestExchange.now) {
            case .finished(_, let key, _, _, _):
                if stage != 2 || !isHonest { return "a server makes a key by an honest request only" }
                return key == exchange.key ? nil : "both sides have the same key"
            case .send:
                // Whoever starts anew gets an answer at any time.
                let isStart = request.count >= 20
                return isStart ? nil : "a server answers requests only"
            }
        } catch {
            return isHonest ? "a server takes an honest request: \(error)" : ErrorRules.violation(by: error)
        }
    }

    /// The encrypted part of the second request, encrypted as it has to be.
    private func proofViolation(by proof: [UInt8]) -> String? {
        guard let key = FuzzKeys.server?.publicKey else { return "the server's key can be read" }
        guard let encrypted = try? key.encryptPadded(proof, random: ReplayedRandom(seed: 24)) else {
            return "144 bytes can be encrypted"
        }
        var server = exchange.servers[1]
        let request = exchange.parameters(encryptedData: encrypted)
        do throws(MTProtoError) {
            _ = try server.received(request.wireBytes, at: HonestExchange.now)
        } catch {
            return ErrorRules.violation(by: error)
        }
        let padded = proof + ReplayedRandom(seed: 24).bytes(192 - proof.count)
        guard let found = try? LeadingValue<KeyExchangeProof>(decoding: padded).value else {
            return "a proof can be read"
        }
        if found.nonce != exchange.nonce || found.serverNonce != exchange.serverNonce {
            return "a proof repeats nonces"
        }
        return (found.expiresIn ?? 1) > 0 ? nil : "a key lives for some time"
    }

    /// The encrypted part of the third request, sealed as it has to be.
    private func halfViolation(by inner: [UInt8]) -> String? {
        var server = exchange.servers[2]
        let sealed = SealedObject<MTP.ClientDHInnerData>.seal(
            inner,
            keys: exchange.handshakeKeys,
            random: ReplayedRandom(seed: 25)
        )
        let request = MTP.SetClientDHParams(
            nonce: exchange.nonce,
            serverNonce: exchange.serverNonce,
            encryptedData: sealed
        )
        do throws(MTProtoError) {
            guard case .finished = try server.received(request.wireBytes, at: HonestExchange.now) else {
                return "a server accepts a half or fails"
            }
        } catch {
            return ErrorRules.violation(by: error)
        }
        guard let half = try? LeadingValue<MTP.ClientDHInnerData>(decoding: inner).value else {
            return "a half can be read"
        }
        if half.nonce != exchange.nonce || half.serverNonce != exchange.serverNonce { return "a half repeats nonces" }
        if half.retryID != 0 { return "a first half replaces none" }
        return DiffieHellmanGroup.isInRange(half.gB, prime: DiffieHellmanGroup.knownPrime)
            ? nil : "a half has a value in range"
    }
}
