import Foundation
import TLRuntime
import Testing

/// Values inside of values, as deep as decoding allows and one level deeper.
@Suite struct NestingTests {
    /// The smallest stack that a thread has by default: that of threads other than the main one on macOS.
    private static let smallStack = 512 << 10

    @Test(arguments: Nesting.allCases)
    func valuesNestUpToTheLimit(nesting: Nesting) throws {
        let bytes = try nesting.bytes(steps: nesting.steps(within: TLReader.depthLimit))
        let result = try nesting.exercise(bytes)
        #expect(result.encoded == bytes)
        #expect(!result.text.contains("//"), "the text says that it is not complete")
    }

    @Test(arguments: Nesting.allCases)
    func oneStepMoreIsTooDeep(nesting: Nesting) throws {
        let bytes = try nesting.bytes(steps: nesting.steps(within: TLReader.depthLimit) + 1)
        do {
            _ = try nesting.exercise(bytes)
            Issue.record("the value was decoded")
        } catch let error as TLDecodingError {
            guard case .tooDeep(limit: TLReader.depthLimit, let offset) = error else {
                Issue.record("unexpected error: \(error)")
                return
            }
            #expect(offset < bytes.count)
        }
    }

    @Test(arguments: Nesting.allCases)
    func aHundredThousandStepsAreRefused(nesting: Nesting) throws {
        let bytes = try nesting.bytes(steps: 100_000)
        #expect(throws: TLDecodingError.self) { _ = try nesting.exercise(bytes) }
    }

    /// Without optimisation, and with everything a value goes through until it is gone.
    @Test(arguments: Nesting.allCases)
    func theLimitFitsIntoASmallStack(nesting: Nesting) async throws {
        let bytes = try nesting.bytes(steps: nesting.steps(within: TLReader.depthLimit))
        let encoded = try await onThread(stackSize: Self.smallStack) { try nesting.exercise(bytes).encoded }
        #expect(encoded == bytes)
    }

    /// Runs the body on a thread of its own.
    private func onThread<Result: Sendable>(
        stackSize: Int,
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Swift.Result(catching: body)) }
            thread.stackSize = stackSize
            thread.start()
        }
    }
}
