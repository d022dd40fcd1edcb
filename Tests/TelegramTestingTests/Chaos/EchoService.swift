import MTProto
import MTProtoCrypto
import TelegramAPI

@testable import TelegramTesting

/// Requests with a number, answered with the same number, and how often each was executed.
final class EchoService: Sendable {
    /// What came back is not what was asked for.
    struct WrongAnswer: Error {
        let number: Int32
        let answered: Int32
    }

    private let counts = Locked<[Int32: Int]>([:])

    /// Some handlers take a few turns, so that answers overtake each other.
    init(on server: TestServer) {
        server.on(TL.langpack.GetDifference.self) { [self] request, _ in
            counts.withLock { $0[request.fromVersion, default: 0] += 1 }
            for _ in 0..<request.fromVersion % 4 { await Task.yield() }
            return TL.LangPackDifference(
                langCode: request.langCode,
                fromVersion: request.fromVersion,
                version: request.fromVersion &+ 1,
                strings: []
            )
        }
    }

    /// Every now and then a request is large enough to be compressed, and its answer, too.
    static func request(_ number: Int32) -> TL.langpack.GetDifference {
        let code = number % 97 == 0 ? String(repeating: "\(number) ", count: 1_000) : "\(number)"
        return TL.langpack.GetDifference(langPack: "", langCode: code, fromVersion: number)
    }

    /// Makes a request, and makes sure that the answer is its own.
    static func call(_ number: Int32, by sender: Sender, isRepeatable: Bool = false) async throws {
        let request = request(number)
        let answer = try await sender.call(request, options: RequestOptions(isRepeatable: isRepeatable))
        guard answer.fromVersion == number, answer.version == number &+ 1, answer.langCode == request.langCode else {
            throw WrongAnswer(number: number, answered: answer.fromVersion)
        }
    }

    /// How often a request was executed.
    func executions(of number: Int32) -> Int { counts.withLock { $0[number] ?? 0 } }

    /// Requests that were executed more than once.
    var repeated: [Int32] { counts.withLock { counts in counts.filter { $0.value > 1 }.keys.sorted() } }

    /// Requests that were executed at all.
    var executedCount: Int { counts.withLock { $0.count } }
}
