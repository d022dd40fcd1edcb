/// The way from the endpoints of a ``Sender`` to a connection and what is spoken on it: the work of an attempt's task,
/// which must not keep the sender alive.
struct SenderRoute: Sendable {
    /// Where the way has led.
    struct End: Sendable {
        let channel: SocketChannel
        let pipeline: ClientPipeline
        let endpoint: Endpoint
    }

    /// At least one, the best first.
    let endpoints: [Endpoint]
    let configuration: SenderConfiguration
    let loop: EventLoop
    let time: TimeReading

    /// Connects: to whichever endpoint answers first, or to the proxy for the first endpoint that it can be asked for.
    func open() async throws -> End {
        let options = configuration.connectOptions
        guard let proxy = configuration.proxy else {
            let reached = try await Connector.connection(to: endpoints, loop: loop, options: options)
            return End(
                channel: reached.channel,
                pipeline: try pipeline(to: reached.endpoint),
                endpoint: reached.endpoint
            )
        }
        let (pipeline, endpoint) = try await destination(behind: proxy)
        let channel = try await Connector.connect(to: proxy.endpoint, loop: loop, options: options)
        return End(channel: channel, pipeline: pipeline, endpoint: endpoint)
    }

    /// An endpoint that a proxy cannot be asked for, such as an IPv6 address for SOCKS4, says nothing about the others.
    private func destination(behind proxy: ProxyConfiguration) async throws -> (ClientPipeline, Endpoint) {
        var failure = MTProtoError(.cannotConnect, "no address was found to ask the proxy for")
        for endpoint in endpoints {
            do {
                for target in try await targets(of: endpoint, behind: proxy) {
                    do throws(MTProtoError) {
                        return (try pipeline(to: target), endpoint)
                    } catch {
                        failure = error
                    }
                }
            } catch let error as MTProtoError {
                failure = error
            }
        }
        throw failure
    }

    private func targets(of endpoint: Endpoint, behind proxy: ProxyConfiguration) async throws -> [Endpoint] {
        guard !proxy.resolvesNamesRemotely else { return [endpoint] }
        let options = configuration.connectOptions
        return options.ordered(try await options.resolver.addresses(of: endpoint)).map {
            Endpoint(host: $0.host, port: $0.port)
        }
    }

    private func pipeline(to destination: Endpoint) throws(MTProtoError) -> ClientPipeline {
        try ClientPipeline(
            transport: configuration.transport,
            destination: destination,
            dataCenter: configuration.dataCenter,
            proxy: configuration.proxy,
            random: configuration.random,
            time: time
        )
    }
}
