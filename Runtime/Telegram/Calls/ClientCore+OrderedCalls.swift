import MTProto
import MTProtoCrypto
import TelegramAPI

/// Requests that have to be executed one after the other.
extension ClientCore {
    /// Sends them together. When one fails in a way that may pass, it and those behind it, which have not been
    /// executed, are sent again.
    nonisolated func callInOrder<Function: TLFunction>(
        _ functions: [Function],
        _ floodSleepThreshold: Duration?
    ) async -> [Result<Function.Response, any Error>] {
        if configuration.receiveUpdates { return await callInOrder(functions, of: Function.self, floodSleepThreshold) }
        let wrapped = functions.map { TL.InvokeWithoutUpdates(query: $0) }
        return await callInOrder(wrapped, of: Function.self, floodSleepThreshold)
    }

    private nonisolated func callInOrder<Wrapped: TLFunction>(
        _ functions: [Wrapped],
        of function: (some TLFunction).Type,
        _ floodSleepThreshold: Duration?
    ) async -> [Result<Wrapped.Response, any Error>] {
        var batch = OrderedBatch<Wrapped>(functions)
        var attempts = Attempts(function, floodSleepThreshold, self)
        while !batch.rest.isEmpty {
            var isSignedIn = false
            do {
                let (sender, account) = try await attempts.begin()
                isSignedIn = account != nil
                let outcomes = try await sender.callOrdered(Array(batch.rest))
                for case .success(let response) in outcomes { await learn(from: response) }
                guard let error = batch.take(outcomes) else { break }
                await refused(error, account: account)
                throw error
            } catch {
                if batch.hasProgressed { attempts.startOver() }
                do {
                    try await attempts.recover(from: error, at: .home(isSignedIn: isSignedIn))
                } catch {
                    batch.fail(with: error)
                }
            }
        }
        return batch.outcomes
    }
}

/// How far a batch has come.
private struct OrderedBatch<Function: TLFunction> {
    private let functions: [Function]
    private(set) var outcomes: [Result<Function.Response, any Error>] = []
    /// Whether the last attempt brought some of it to an end, so that the next failure is that of another request.
    private(set) var hasProgressed = false

    init(_ functions: [Function]) { self.functions = functions }

    /// What is still to be executed.
    var rest: ArraySlice<Function> { functions.dropFirst(outcomes.count) }

    /// Takes over what has succeeded.
    /// - Returns: why the first of the others failed.
    mutating func take(_ new: [Result<Function.Response, any Error>]) -> (any Error)? {
        hasProgressed = false
        for outcome in new {
            guard case .failure(let error) = outcome else {
                outcomes.append(outcome)
                hasProgressed = true
                continue
            }
            return error
        }
        return nil
    }

    /// The first of the rest has failed for good, and the others are not executed without it.
    mutating func fail(with error: any Error) {
        let count = rest.count
        guard count > 0 else { return }
        outcomes.append(.failure(error))
        let text = "'\(Function.path.last ?? Function.name)', which had to be executed before, has failed: \(error)"
        for _ in 1..<count { outcomes.append(.failure(MTProtoError(.predecessorFailed, text))) }
    }
}
