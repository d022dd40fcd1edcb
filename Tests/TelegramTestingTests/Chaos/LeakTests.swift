#if os(Linux) && compiler(>=6.2)
    import MTProto
    import TelegramAPI
    import Testing

    @testable import TelegramTesting

    /// What is left when everything has ended. In a process of its own, since others open and close things all the
    /// time.
    @Suite(.serialized, .timeLimit(.minutes(10))) struct LeakTests {
        /// The check of continuations writes on standard error when one is never resumed.
        private func expectNoMisuse(_ result: ExitTest.Result?) {
            let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
            #expect(!text.contains("CONTINUATION MISUSE"), "\(text)")
        }

        /// They start when they are handed out for the first time, and stay.
        private static func startSharedLoops() {
            for _ in 0..<EventLoopGroup.shared.threads { _ = EventLoopGroup.shared.next() }
        }

        @Test func chaosLeavesNothingBehind() async throws {
            let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
                Self.startSharedLoops()
                _ = try await ChaosRun(seed: 30, callCount: 200).run()
                let before = ProcessResources.current
                for seed in 31...34 as ClosedRange<UInt64> {
                    var run = ChaosRun(seed: seed, forwardSecrecy: seed % 2 == 0)
                    run.disruptions = ChaosRun.Disruption.allCases
                    run.cancelledPercentage = 20
                    _ = try await run.run()
                }
                #expect(
                    await comesTrue { ProcessResources.current == before },
                    "\(before), \(ProcessResources.current)"
                )
            }
            expectNoMisuse(result)
        }

        @Test func senderThatIsDroppedLeavesNothingBehind() async throws {
            let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
                Self.startSharedLoops()
                try await withTestServer { server in
                    try await server.withSender { _ = try await $0.call(TL.help.GetNearestDc()) }
                    #expect(await comesTrue { server.statistics.connectionsOpen == 0 })
                    let before = ProcessResources.current
                    weak var last: Sender?
                    for number in 0..<20 {
                        let sender = Sender(configuration: try server.senderConfiguration())
                        last = sender
                        // Some are dropped in the middle of the first connection.
                        if number % 2 == 0 { try await sender.connect() }
                        if number % 4 == 0 { _ = try await sender.call(TL.help.GetNearestDc()) }
                    }
                    #expect(await comesTrue { last == nil })
                    #expect(await comesTrue { server.statistics.connectionsOpen == 0 })
                    #expect(
                        await comesTrue { ProcessResources.current == before },
                        "\(before), \(ProcessResources.current)"
                    )
                }
            }
            expectNoMisuse(result)
        }
    }
#endif
