import MTProto
import TLRuntime
import TelegramAPI

@testable import TelegramTesting

/// Starts a server for the time of a test, and stops it however the test ends.
func withTestServer<Result>(
    _ change: (inout TestServerConfiguration) throws -> Void = { _ in },
    isolation: isolated (any Actor)? = #isolation,
    _ body: (TestServer) async throws -> Result
) async throws -> Result {
    var configuration = TestServerConfiguration()
    configuration.dataCenters = [1, 2]
    try change(&configuration)
    let server = try await TestServer.start(configuration)
    do {
        let result = try await body(server)
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}

extension TestServer {
    /// How a sender connects to a data centre of this server.
    func senderConfiguration(
        dataCenter id: Int32 = 2,
        transport: TransportKind = .full
    ) throws -> SenderConfiguration {
        let endpoints = dataCenters.filter { $0.id == id }.map { Endpoint(host: $0.host, port: $0.port) }
        let keys = try dataCenters.filter { $0.id == id }.map { try ServerPublicKey(pem: $0.publicKeyPEM) }
        var configuration = SenderConfiguration(endpoints: endpoints, dataCenter: Int16(id), keys: keys)
        configuration.transport = transport
        configuration.announcement = try Self.announcement()
        configuration.backoff = Backoff(initial: .milliseconds(10), factor: 2, maximum: .milliseconds(200))
        configuration.connectionRetries = 20
        configuration.makeError = { code, name, method in RPCError.make(code: code, name: name, method: method) }
        return configuration
    }

    /// Connects a sender for the time of a test.
    func withSender<Result>(
        dataCenter id: Int32 = 2,
        transport: TransportKind = .full,
        credentials: SenderCredentials? = nil,
        _ change: (inout SenderConfiguration) throws -> Void = { _ in },
        isolation: isolated (any Actor)? = #isolation,
        _ body: (Sender) async throws -> Result
    ) async throws -> Result {
        var configuration = try senderConfiguration(dataCenter: id, transport: transport)
        try change(&configuration)
        let sender = Sender(configuration: configuration, credentials: credentials)
        do {
            try await sender.connect()
            let result = try await body(sender)
            await sender.disconnect()
            return result
        } catch {
            await sender.disconnect()
            throw error
        }
    }

    /// `invokeWithLayer(initConnection(` up to the query.
    static func announcement() throws -> [UInt8] {
        let query = TL.help.GetConfig()
        let whole = try TL.InvokeWithLayer(
            layer: TL.layer,
            query: TL.InitConnection(
                apiID: 17,
                deviceModel: "test",
                systemVersion: "1",
                appVersion: "2",
                systemLangCode: "en",
                langPack: "",
                langCode: "en",
                query: query
            )
        ).encoded()
        return Array(whole.dropLast(try query.encoded().count))
    }
}
