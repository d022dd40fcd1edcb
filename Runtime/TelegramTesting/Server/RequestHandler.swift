import TLRuntime
import TelegramAPI

/// What answers a kind of request; `nil` is for a fallback that does not know the function.
enum RequestHandler: Sendable {
    /// Runs at once, on the server's thread.
    case immediate(@Sendable (any TLFunction, TestSession) throws -> [UInt8]?)
    /// Runs as a task of its own.
    case asynchronous(@Sendable (any TLFunction, TestSession) async throws -> [UInt8]?)
}
