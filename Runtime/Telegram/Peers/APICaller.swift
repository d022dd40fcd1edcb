package import TLRuntime

/// What requests are sent through: a client, or a script in a test.
package protocol APICaller: Sendable {
    /// Sends a request and returns its answer.
    func callAsFunction<Function: TLFunction>(
        _ function: Function,
        floodSleepThreshold: Duration?
    ) async throws -> Function.Response
}
