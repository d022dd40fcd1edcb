import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

@testable import Telegram

@Suite(.timeLimit(.minutes(10)))
struct TakeoutTests {
    /// What the server has seen of exports.
    private struct Exports: Sendable {
        var begun: [TL.account.InitTakeoutSession] = []
        var ended: [Bool] = []
        var isAccepted = true
        var requests: [Int64?] = []
    }

    private func prepare(_ server: TestServer, _ exports: Locked<Exports>) {
        server.answer(TL.account.InitTakeoutSession.self) { request, _ in
            exports.withLock { $0.begun.append(request) }
            return TL.account.Takeout(id: 77)
        }
        server.answer(TL.account.FinishTakeoutSession.self) { request, _ in
            guard TestRequest.current?.takeoutID == 77 else { throw RPCError.test("TAKEOUT_INVALID", code: 400) }
            exports.withLock { $0.ended.append(request.success) }
            return exports.withLock { $0.isAccepted }
        }
        server.answer(TL.help.GetNearestDc.self) { _, _ in
            exports.withLock { $0.requests.append(TestRequest.current?.takeoutID) }
            return TL.NearestDc(country: "IT", thisDC: 2, nearestDC: 2)
        }
    }

    @Test func requestsOfTheExportAreWrappedAndOthersAreNot() async throws {
        let exports = Locked(Exports())
        try await ClientFixture.run(prepare: { prepare($0, exports) }) { fixture in
            let options = TakeoutOptions(contacts: true, files: true, maximumFileSize: 1_024)
            try await fixture.client.withTakeout(options) { takeout in
                _ = try await takeout(TL.help.GetNearestDc())
                _ = try await fixture.client(TL.help.GetNearestDc())
            }
            let seen = exports.withLock { $0 }
            #expect(seen.requests == [77, nil])
            #expect(seen.ended == [true])
            #expect(seen.begun.first?.contacts == true)
            #expect(seen.begun.first?.messageUsers == false)
            #expect(seen.begun.first?.fileMaxSize == 1_024)
            let isOpen = try await fixture.client.endTakeout(success: true)
            #expect(!isOpen)
        }
    }

    @Test func failureInsideEndsTheExportAsAFailure() async throws {
        struct Failure: Error {}
        let exports = Locked(Exports())
        try await ClientFixture.run(prepare: { prepare($0, exports) }) { fixture in
            await #expect(throws: Failure.self) {
                try await fixture.client.withTakeout(TakeoutOptions(chats: true)) { _ in throw Failure() }
            }
            #expect(exports.withLock { $0.ended } == [false])
        }
    }

    @Test func interruptedExportGoesOnInTheNextRun() async throws {
        let exports = Locked(Exports())
        try await ClientFixture.run(prepare: { prepare($0, exports) }) { fixture in
            try await fixture.client.withTakeout(TakeoutOptions(users: true), finalize: false) { _ in }
            let error = await #expect(throws: ClientError.self) {
                try await fixture.client.withTakeout(TakeoutOptions(users: true)) { _ in }
            }
            #expect(error?.code == .takeoutUnfinished)
            await fixture.client.disconnect()
            let other = try fixture.anotherClient(session: fixture.session)
            try await other.connect()
            try await other.withTakeout { takeout in
                #expect(takeout.takeoutID == 77)
                _ = try await takeout(TL.help.GetNearestDc())
            }
            await other.disconnect()
            #expect(exports.withLock { $0.begun.count } == 1)
            #expect(exports.withLock { $0.ended } == [true])
        }
    }

    @Test func endThatIsNotAcceptedKeepsTheExport() async throws {
        let exports = Locked(Exports(isAccepted: false))
        try await ClientFixture.run(prepare: { prepare($0, exports) }) { fixture in
            let error = await #expect(throws: ClientError.self) {
                try await fixture.client.withTakeout(TakeoutOptions(users: true)) { _ in }
            }
            #expect(error?.code == .takeoutFailed)
            exports.withLock { $0.isAccepted = true }
            let isEnded = try await fixture.client.endTakeout(success: false)
            #expect(isEnded)
        }
    }

    @Test(arguments: [("TAKEOUT_INVALID", 400), ("TAKEOUT_REQUIRED", 403)] as [(String, Int)])
    func exportThatCannotBeEndedIsForgotten(name: String, code: Int) async throws {
        let exports = Locked(Exports())
        try await ClientFixture.run(prepare: { prepare($0, exports) }) { fixture in
            let client = fixture.client
            let gone = RPCError.test(name, code: code)
            try await client.withTakeout(TakeoutOptions(users: true), finalize: false) { _ in }
            fixture.server.failNext(TL.account.FinishTakeoutSession.self, with: gone)
            let isEnded = try await client.endTakeout(success: true)
            #expect(!isEnded)
            let content = try await fixture.savedContent()
            #expect(content.takeoutID == nil)
            fixture.server.failNext(TL.account.FinishTakeoutSession.self, with: gone)
            let error = await #expect(throws: RPCError.self) {
                try await client.withTakeout(TakeoutOptions(users: true)) { _ in }
            }
            #expect(error?.name == name)
            try await client.withTakeout(TakeoutOptions(users: true)) { _ in }
            #expect(exports.withLock { $0.begun.count } == 3)
            #expect(exports.withLock { $0.ended } == [true])
        }
    }

    @Test func exportThatHasEndedMeanwhileIsForgotten() async throws {
        let exports = Locked(Exports())
        try await ClientFixture.run(prepare: { prepare($0, exports) }) { fixture in
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("TAKEOUT_INVALID", code: 400))
            await #expect(throws: RPCError.TakeoutInvalid.self) {
                try await fixture.client.withTakeout(TakeoutOptions(users: true), finalize: false) { takeout in
                    _ = try await takeout(TL.help.GetNearestDc())
                }
            }
            try await fixture.client.withTakeout(TakeoutOptions(users: true)) { _ in }
            #expect(exports.withLock { $0.begun.count } == 2)
        }
    }

    @Test func whatWasNotNamedDoesNotEndTheExport() async throws {
        let exports = Locked(Exports())
        try await ClientFixture.run(prepare: { prepare($0, exports) }) { fixture in
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("TAKEOUT_REQUIRED", code: 403))
            try await fixture.client.withTakeout(TakeoutOptions(users: true)) { takeout in
                await #expect(throws: RPCError.TakeoutRequired.self) { _ = try await takeout(TL.help.GetNearestDc()) }
                let content = try await fixture.savedContent()
                #expect(content.takeoutID == 77)
            }
            #expect(exports.withLock { $0.ended } == [true])
        }
    }

    @Test func laterExportOutlivesTheEndOfAnEarlierOne() async throws {
        let exports = Locked(Exports())
        try await ClientFixture.run(prepare: { prepare($0, exports) }) { fixture in
            try await fixture.client.withTakeout(TakeoutOptions(users: true), finalize: false) { _ in }
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("TAKEOUT_INVALID", code: 400))
            let earlier = TakeoutClient(client: fixture.client, takeoutID: 76)
            await #expect(throws: RPCError.TakeoutInvalid.self) { _ = try await earlier(TL.help.GetNearestDc()) }
            #expect(try await fixture.savedContent().takeoutID == 77)
        }
    }

    @Test(arguments: [true, false])
    func cancelledExportIsEndedAllTheSame(throwsInside: Bool) async throws {
        let exports = Locked(Exports())
        try await ClientFixture.run(prepare: { prepare($0, exports) }) { fixture in
            let export = Task {
                try await fixture.client.withTakeout(TakeoutOptions(users: true)) { _ in
                    withUnsafeCurrentTask { $0?.cancel() }
                    if throwsInside { try Task.checkCancellation() }
                }
            }
            switch await export.result {
            case .success: #expect(!throwsInside)
            case .failure(let error): #expect(throwsInside && error is CancellationError)
            }
            #expect(exports.withLock { $0.ended } == [!throwsInside])
            let content = try await fixture.savedContent()
            #expect(content.takeoutID == nil)
        }
    }

    @Test(arguments: [true, false])
    func exportsAndOtherRequestsDoNotWaitForEachOther(receivesUpdates: Bool) async throws {
        let exports = Locked(Exports())
        try await ClientFixture.run(
            client: { $0.receiveUpdates = receivesUpdates },
            prepare: { prepare($0, exports) }
        ) { fixture in
            try await fixture.client.withTakeout(TakeoutOptions(users: true)) { takeout in
                fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("FLOOD_WAIT_100"))
                for _ in 1...2 {
                    await #expect(throws: RPCError.FloodWait.self) { _ = try await takeout(TL.help.GetNearestDc()) }
                }
                #expect(exports.withLock { $0.requests.isEmpty })
                _ = try await fixture.client(TL.help.GetNearestDc())
                #expect(exports.withLock { $0.requests } == [nil])
            }
        }
    }

    @Test func delayHasItsOwnErrorAndIsNotSleptThrough() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.failNext(TL.account.InitTakeoutSession.self, with: .test("TAKEOUT_INIT_DELAY_5"))
            let error = await #expect(throws: RPCError.TakeoutInitDelay.self) {
                try await fixture.client.withTakeout(TakeoutOptions(users: true)) { _ in }
            }
            #expect(error?.seconds == 5)
        }
    }
}
