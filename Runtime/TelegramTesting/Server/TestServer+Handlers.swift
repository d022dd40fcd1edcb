import MTProto
public import TLRuntime
import TelegramAPI

extension TestServer {
    /// Answers requests of one kind, without the wrappers around them. A newer handler replaces an older one.
    ///
    /// Each call runs as a task of its own, so requests that come together run side by side; it is cancelled when the
    /// client drops the request, or the server stops. An `RPCError` that is thrown reaches the client with its code and
    /// name; of any other error it gets code 500 and the name of the error's type.
    public func on<Function: TLFunction>(
        _ function: Function.Type,
        _ body: @escaping @Sendable (_ request: Function, _ session: TestSession) async throws -> Function.Response
    ) {
        install(
            .asynchronous { request, session in
                guard let request = request as? Function else { return nil }
                return try await body(request, session).encoded()
            },
            for: function
        )
    }

    /// Answers requests of one kind on the server's own thread: in the order in which they came, one after the other,
    /// and faster than ``on(_:_:)``, which it otherwise equals. The closure must not block.
    public func answer<Function: TLFunction>(
        _ function: Function.Type,
        _ body: @escaping @Sendable (_ request: Function, _ session: TestSession) throws -> Function.Response
    ) {
        install(
            .immediate { request, session in
                guard let request = request as? Function else { return nil }
                return try body(request, session).encoded()
            },
            for: function
        )
    }

    /// Answers requests that have no handler of their own; `nil` means that this one does not know them either.
    public func on(
        anything body:
            @escaping @Sendable (_ request: any TLFunction, _ session: TestSession) async throws ->
            (any TLCodable)?
    ) {
        state.withLock { state in
            state.fallback = .asynchronous { request, session in try await body(request, session)?.encoded() }
        }
    }

    /// Forgets the handler for requests of one kind, those of the server itself included.
    public func removeHandler(for function: any TLFunction.Type) {
        state.withLock { $0.handlers[function.id] = nil }
    }

    private func install(_ handler: RequestHandler, for function: any TLFunction.Type) {
        state.withLock { $0.handlers[function.id] = handler }
    }

    // MARK: - Defaults

    func installDefaults(_ configuration: TestServerConfiguration) {
        answer(TL.help.GetNearestDc.self) { _, session in
            TL.NearestDc(
                country: configuration.country,
                thisDC: session.dataCenterID,
                nearestDC: configuration.nearestDataCenter
            )
        }
        let options = dataCenters.map { dataCenter in
            TL.DcOption(
                ipv6: dataCenter.host.contains(":"),
                static: true,
                id: dataCenter.id,
                ipAddress: dataCenter.host,
                port: Int32(dataCenter.port)
            )
        }
        let clock = clock
        answer(TL.help.GetConfig.self) { _, session in
            .test(thisDC: session.dataCenterID, options: options, date: clock.now().wall)
        }
    }
}

extension TL.Config {
    /// What Telegram answers, with this server's data centres.
    fileprivate static func test(thisDC: Int32, options: [TL.DcOption], date: Duration) -> TL.Config {
        TL.Config(
            date: date.clampedSeconds,
            expires: (date + .seconds(3600)).clampedSeconds,
            testMode: false,
            thisDC: thisDC,
            dcOptions: options,
            dcTxtDomainName: "",
            chatSizeMax: 200,
            megagroupSizeMax: 200_000,
            forwardedCountMax: 100,
            onlineUpdatePeriodMs: 210_000,
            offlineBlurTimeoutMs: 5_000,
            offlineIdleTimeoutMs: 30_000,
            onlineCloudTimeoutMs: 300_000,
            notifyCloudDelayMs: 30_000,
            notifyDefaultDelayMs: 1_500,
            pushChatPeriodMs: 60_000,
            pushChatLimit: 2,
            editTimeLimit: 172_800,
            revokeTimeLimit: Int32.max,
            revokePmTimeLimit: Int32.max,
            ratingEDecay: 2_419_200,
            stickersRecentLimit: 200,
            channelsReadMediaPeriod: 604_800,
            callReceiveTimeoutMs: 20_000,
            callRingTimeoutMs: 90_000,
            callConnectTimeoutMs: 30_000,
            callPacketTimeoutMs: 10_000,
            meURLPrefix: "https://t.me/",
            captionLengthMax: 1_024,
            messageLengthMax: 4_096,
            webfileDCID: thisDC
        )
    }
}
