import MTProtoCrypto
import Testing

@testable import Telegram

@Suite struct SharedRequestsTests {
    private struct Refused: Error {}

    /// A request whose answer comes when the test says so.
    private final class Held: Sendable {
        private let state = Locked<(continuations: [CheckedContinuation<Int, any Error>], count: Int)>(([], 0))

        var count: Int { state.withLock { $0.count } }

        func request() async throws -> Int {
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    state.withLock { state in
                        state.continuations.append(continuation)
                        state.count += 1
                    }
                }
            } onCancel: {
                answer(.failure(CancellationError()))
            }
        }

        func answer(_ result: Result<Int, any Error>) {
            let continuations = state.withLock { state in
                defer { state.continuations = [] }
                return state.continuations
            }
            for continuation in continuations { continuation.resume(with: result) }
        }
    }

    private let requests = SharedRequests<String, Int>()
    private let held = Held()

    private func ask() -> Task<Int, any Error> {
        Task { [requests, held] in try await requests.value(for: "a") { try await held.request() } }
    }

    private func until(_ condition: () -> Bool) async {
        while !condition() { await Task.yield() }
    }

    @Test func allWhoAskGetTheAnswerToOneRequest() async throws {
        let tasks = (1...10).map { _ in ask() }
        await until { held.count == 1 && requests.waiterCount("a") == 9 }
        held.answer(.success(42))
        for task in tasks { #expect(try await task.value == 42) }
        #expect(held.count == 1)
    }

    @Test func errorIsEverybodys() async throws {
        let tasks = (1...3).map { _ in ask() }
        await until { held.count == 1 && requests.waiterCount("a") == 2 }
        held.answer(.failure(Refused()))
        for task in tasks { await #expect(throws: Refused.self) { try await task.value } }
    }

    @Test func nextOneTakesOverWhenTheFirstIsCancelled() async throws {
        let first = ask()
        await until { held.count == 1 }
        let second = ask()
        await until { requests.waiterCount("a") == 1 }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        await until { held.count == 2 }
        held.answer(.success(7))
        #expect(try await second.value == 7)
    }

    @Test func cancelledWaiterLeavesTheRequestAlone() async throws {
        let first = ask()
        await until { held.count == 1 }
        let second = ask()
        await until { requests.waiterCount("a") == 1 }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        held.answer(.success(7))
        #expect(try await first.value == 7)
    }

    @Test func otherQuestionsAreOtherRequests() async throws {
        async let first = requests.value(for: "a") { 1 }
        async let second = requests.value(for: "b") { 2 }
        #expect(try await [first, second] == [1, 2])
        #expect(try await requests.value(for: "a") { 3 } == 3)
    }
}
