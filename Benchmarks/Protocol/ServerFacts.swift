import Foundation
import MTProto
import TelegramAPI

/// Where the server listens.
struct ServerFacts: Decodable {
    var dc: Int16
    var port: UInt16
    var publicKey: String

    init(_ text: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(text.utf8)) }

    /// A sender that has not been connected yet.
    func sender() throws -> Sender {
        var configuration = SenderConfiguration(
            endpoints: [Endpoint(host: "127.0.0.1", port: port)],
            dataCenter: dc,
            keys: [try ServerPublicKey(pem: publicKey)]
        )
        // The default of the peers.
        configuration.transport = .full
        return Sender(configuration: configuration)
    }
}
