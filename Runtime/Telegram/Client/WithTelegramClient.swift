/// Connects a client for as long as the closure runs, and disconnects it whatever happens.
///
/// ```swift
/// let hash = "0123456789abcdef0123456789abcdef"
/// try await withTelegramClient(session: MemorySession(), apiID: 12345, apiHash: hash) { client in
///     print(try await client(TL.help.GetNearestDc()).country)
/// }
/// ```
/// - Throws: what ``TelegramClient/connect()`` throws, or the closure.
public func withTelegramClient<Result>(
    session: any SessionStore,
    apiID: Int32,
    apiHash: String,
    configuration: ClientConfiguration = ClientConfiguration(),
    isolation: isolated (any Actor)? = #isolation,
    _ body: (TelegramClient) async throws -> Result
) async throws -> Result {
    let client = try TelegramClient(session: session, apiID: apiID, apiHash: apiHash, configuration: configuration)
    try await client.connect()
    do {
        let result = try await body(client)
        await client.disconnect()
        return result
    } catch {
        await client.disconnect()
        throw error
    }
}
