public import TelegramAPI

/// A client whose requests belong to an export, for which the server has more generous limits.
///
/// ``TelegramClient/withTakeout(_:finalize:_:)`` makes one.
public struct TakeoutClient: Sendable {
    /// The client that it works through; its own requests do not belong to the export.
    public let client: TelegramClient
    /// The number of the export.
    public let takeoutID: Int64

    /// Sends any request as a part of the export.
    /// - Throws: what ``TelegramClient/callAsFunction(_:floodSleepThreshold:)`` throws; `RPCError.TakeoutInvalid` when
    ///   the export has ended, `RPCError.TakeoutRequired` for what was not named at its beginning.
    public func callAsFunction<Function: TLFunction>(
        _ function: Function,
        floodSleepThreshold: Duration? = nil
    ) async throws -> Function.Response {
        let wrapped = TL.InvokeWithTakeout(takeoutID: takeoutID, query: function)
        do {
            if client.configuration.receiveUpdates {
                return try await client.core.call(function, as: wrapped, floodSleepThreshold, isInExport: true)
            }
            return try await client.core.call(
                function,
                as: TL.InvokeWithoutUpdates(query: wrapped),
                floodSleepThreshold,
                isInExport: true
            )
        } catch let error as RPCError.TakeoutInvalid {
            // Nothing could ever be done with it again, not even ending it.
            await client.core.forgetTakeout(takeoutID)
            throw error
        }
    }
}

extension ClientCore {
    /// An export has ended. Another one that has begun since goes on.
    func forgetTakeout(_ id: Int64) async {
        if content.takeoutID == id { await changeQuietly(.takeout(nil)) }
    }
}
