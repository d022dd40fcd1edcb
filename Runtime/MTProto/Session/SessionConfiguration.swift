/// Times and limits of a ``ClientSession``. The defaults are what the protocol recommends.
package struct SessionConfiguration: Sendable, Hashable {
    // MARK: Times

    /// How often a ping goes out while the connection stands.
    package var pingInterval: Duration = .seconds(60)
    /// After how much silence since a ping the connection counts as dead.
    package var pingTimeout: Duration = .seconds(10)
    /// After how many seconds without a ping the server is to close the connection.
    package var serverDisconnectDelay: Int32 = 75
    /// How long an acknowledgment may wait for something that it can travel with.
    package var acknowledgementDelay: Duration = .seconds(1)
    /// How long the server may take to answer a question about the state of messages.
    package var stateTimeout: Duration = .seconds(15)
    /// With how much validity of the known salts left more are fetched.
    package var saltReserve: Duration = .seconds(3_600)

    // MARK: Limits

    /// With more acknowledgments than this waiting they leave at once.
    package var maximumQueuedAcknowledgements = 16
    /// How many messages a container may have.
    package var maximumContainerCount = 100
    /// How many bytes a message may have: a request with its wrappers, or a container.
    package var maximumMessageBytes = 1_044_456 - 8
    /// Requests with more bytes than this are compressed, if that makes them smaller.
    package var compressionThreshold = 512
    /// How large compressed content may become.
    package var maximumInflatedBytes = 16 << 20
    /// How many identifiers of received messages are remembered.
    package var receivedWindow = 1_000
    /// How many salts are fetched at once; the protocol allows 64.
    package var futureSaltCount: Int32 = 64
    /// After how many complaints of the server a request fails.
    package var maximumComplaints = 3
    /// After how many complaints it fails when the last one is about the salt.
    package var maximumSaltComplaints = 10
    /// How often the server is asked for the state of a message before it counts as unknown.
    package var maximumStateQuestions = 3

    package init() {}
}
