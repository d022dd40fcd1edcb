import MTProto

/// What holds for every stream of frames: it does not matter how it is cut, and nothing grows.
enum StreamRules {
    private struct Outcome: Equatable {
        var frames: [TransportFrame] = []
        var last: TransportFrame?
        var output: [UInt8] = []
        var failure: MTProtoError.Code?
    }

    static func violation(
        by input: [UInt8],
        cutBy size: Int,
        limits: PacketLimits,
        makePeer: () -> TransportPeer?
    ) -> String? {
        guard let whole = makePeer(), let cut = makePeer() else { return "an end of a transport can be made" }
        let first = outcome(of: input, at: whole, cutBy: 0, limits: limits)
        let second = outcome(of: input, at: cut, cutBy: size, limits: limits)
        switch (first, second) {
        case (.failure(let problem), _), (_, .failure(let problem)): return problem.text
        case (.success(var first), .success(var second)):
            // What was to be written is lost with an error.
            if first.failure != nil { (first.output, second.output) = ([], []) }
            if first != second { return "cutting a stream changes nothing: \(first), \(second)" }
            return nil
        }
    }

    private struct Problem: Error {
        let text: String
    }

    private static func outcome(
        of input: [UInt8],
        at peer: TransportPeer,
        cutBy size: Int,
        limits: PacketLimits
    ) -> Result<Outcome, Problem> {
        var peer = peer
        var outcome = Outcome()
        let bytes = peer.enciphered(input)
        let opening = peer.opening.count
        var byteCount = 0
        for piece in bytes.pieces(of: size) {
            do throws(MTProtoError) {
                outcome.output += try peer.received(piece)
            } catch {
                outcome.failure = error.code
                if let text = ErrorRules.violation(by: error) { return .failure(Problem(text: text)) }
            }
            do throws(MTProtoError) {
                while let frame = try peer.nextFrame() {
                    if let text = violation(by: frame, limits: limits) { return .failure(Problem(text: text)) }
                    if case .packet(let bytes) = frame { byteCount += bytes.count }
                    outcome.frames.append(frame)
                }
                if outcome.failure != nil { return .failure(Problem(text: "a stream that went wrong stays wrong")) }
            } catch {
                if let text = ErrorRules.violation(by: error) { return .failure(Problem(text: text)) }
                if let failure = outcome.failure, failure != error.code {
                    return .failure(Problem(text: "a stream goes wrong in one way"))
                }
                outcome.failure = error.code
                break
            }
        }
        if byteCount > bytes.count - opening + limits.httpHead {
            return .failure(Problem(text: "packets are made of what came"))
        }
        if outcome.output.count > 65_536 + 256 * bytes.count { return .failure(Problem(text: "answers are bounded")) }
        if outcome.failure == nil { outcome.last = peer.ended() }
        return .success(outcome)
    }

    private static func violation(by frame: TransportFrame, limits: PacketLimits) -> String? {
        switch frame {
        case .packet(let bytes):
            bytes.isEmpty || bytes.count > limits.packet ? "a packet of \(bytes.count) bytes is no packet" : nil
        case .error(let code): code <= 0 ? "a transport error is a positive number" : nil
        case .quickAck: nil
        }
    }
}
