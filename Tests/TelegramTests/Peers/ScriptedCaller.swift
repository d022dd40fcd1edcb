import MTProtoCrypto
import Telegram
import TelegramAPI

/// Answers requests as a test says, and counts them.
final class ScriptedCaller: APICaller {
    typealias Script = @Sendable (any TLFunction) async throws -> any Sendable

    /// The script has nothing, or something else, for a request.
    struct Unexpected: Error {
        let request: String
    }

    private let script: Script
    private let sent = Locked<[any TLFunction]>([])

    init(_ script: @escaping Script) { self.script = script }

    /// What has been asked for.
    var requests: [any TLFunction] { sent.withLock { $0 } }
    /// The names of it.
    var names: [String] { requests.map { type(of: $0).name } }

    func callAsFunction<Function: TLFunction>(
        _ function: Function,
        floodSleepThreshold: Duration?
    ) async throws -> Function.Response {
        sent.withLock { $0.append(function) }
        guard let response = try await script(function) as? Function.Response else {
            throw Unexpected(request: Function.name)
        }
        return response
    }
}
