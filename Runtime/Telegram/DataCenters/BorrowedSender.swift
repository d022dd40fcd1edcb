package import TLRuntime

/// A connection to a data centre that somebody uses. It is given back when nobody refers to it any more, so an
/// abandoned download cannot keep it; a minute later it is closed, unless somebody else has borrowed it.
package final class BorrowedSender: Sendable {
    package let key: ConnectionKey
    private let core: ClientCore

    init(key: ConnectionKey, core: ClientCore) {
        self.key = key
        self.core = core
    }

    deinit { core.giveBack(key) }

    /// Sends a request over the connection, which is made if need be, and made again when it was lost.
    ///
    /// The rules of waiting and retrying are those of other requests, except that a redirection to another data centre
    /// is thrown.
    package func call<Function: TLFunction>(
        _ function: Function,
        floodSleepThreshold: Duration? = nil
    ) async throws -> Function.Response {
        var hasRecovered = false
        while true {
            let sender = try await core.sender(for: key)
            do {
                return try await core.perform(
                    function,
                    over: sender,
                    withoutUpdates: withoutUpdates,
                    floodSleepThreshold: floodSleepThreshold
                )
            } catch {
                guard !hasRecovered, try await core.recover(key, sender, from: error) else { throw error }
                hasRecovered = true
            }
        }
    }

    /// Updates come over the home connection; servers with copies of files know nothing but their own requests.
    private var withoutUpdates: Bool { key.role != .cdn }
}
