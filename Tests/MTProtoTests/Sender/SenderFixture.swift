import MTProto
import MTProtoCrypto
import TLRuntime
import Testing

/// A sender that is set to talk to a scripted server, on a thread of its own.
enum SenderFixture {
    typealias Script = @Sendable (ScriptedServer.Message) -> [ScriptedServer.Reply]

    /// Runs a test with both, and ends both after it.
    static func run(
        script: @escaping Script = ScriptedServer.echoing,
        connecting: Bool = true,
        configure: (inout SenderConfiguration) -> Void = { _ in },
        _ body: (Sender, ScriptedServer) async throws -> Void
    ) async throws {
        let server = try ScriptedServer(script: script)
        let loops = EventLoopGroup(threads: 1)
        let sender = Sender(
            configuration: configuration(for: server, loops, configure),
            credentials: SenderCredentials(authKey: ScriptedServer.key)
        )
        let outcome: Result<Void, any Error>
        do {
            if connecting { try await sender.connect() }
            outcome = .success(try await body(sender, server))
        } catch {
            outcome = .failure(error)
        }
        await sender.disconnect()
        await server.stop()
        await loops.shutDown()
        #expect(await sender.requestCount == 0)
        try outcome.get()
    }

    static func configuration(
        for server: ScriptedServer,
        _ loops: EventLoopGroup,
        _ configure: (inout SenderConfiguration) -> Void = { _ in }
    ) -> SenderConfiguration {
        var configuration = SenderConfiguration(endpoints: [server.endpoint], dataCenter: 2, keys: [])
        configuration.transport = .intermediate
        configuration.backoff = Backoff(initial: .milliseconds(1), maximum: .milliseconds(5))
        configuration.eventLoop = loops.next()
        configure(&configuration)
        return configuration
    }

    /// The error of something that has to throw one of the module.
    static func code(_ body: () async throws -> some Sendable) async -> MTProtoError.Code? {
        do {
            _ = try await body()
            return nil
        } catch {
            return (error as? MTProtoError)?.code
        }
    }
}

extension AsyncStream where Element: Sendable {
    /// The first element that the closure makes something of.
    func first<Value>(_ pick: (Element) -> Value?) async -> Value? {
        for await element in self {
            if let value = pick(element) { return value }
        }
        return nil
    }
}

extension ScriptedServer {
    /// The next request of the tests' own kind.
    func nextEcho() async -> Message? {
        await events.first { event in
            if case .message(let message) = event, message.constructor == Self.echo { message } else { nil }
        }
    }

    /// The next message with this constructor.
    func next(_ constructor: UInt32) async -> Message? {
        await events.first { event in
            if case .message(let message) = event, message.constructor == constructor { message } else { nil }
        }
    }

    func nextClosed() async -> Int? {
        await events.first { if case .closed(let number) = $0 { number } else { nil } }
    }
}
