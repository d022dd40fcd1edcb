import MTProto
import TelegramTesting
import Testing

@testable import Telegram

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Signing in by showing a code to a phone that is signed in.
@Suite(.timeLimit(.minutes(10)))
struct QRLoginTests {
    /// Runs something with the phone of Ann, which is signed in.
    private func run(
        password: String? = nil,
        dataCenter: Int32? = nil,
        usesSystemTime: Bool = false,
        _ body: (ClientFixture, TelegramClient) async throws -> Void
    ) async throws {
        try await ClientFixture.run(usesSystemTime: usesSystemTime) { fixture in
            try fixture.addAnn(password: password, dataCenter: dataCenter)
            try await fixture.withAnotherClient { phone in
                try await phone.start(.user(phone: ClientFixture.phone, password: password) { _ in fixture.code })
                try await body(fixture, phone)
            }
        }
    }

    private func scan(_ code: QRCode?, with phone: TelegramClient) async throws {
        _ = try await phone(TL.auth.AcceptLoginToken(token: Array(try #require(code).token)))
    }

    @Test func scannedCodeSignsIn() async throws {
        try await run { fixture, phone in
            let login = try await fixture.client.qrLogin()
            #expect(login.url?.absoluteString.hasPrefix("tg://login?token=") == true)
            #expect(login.expiresAt?.timeIntervalSince1970 == 1_735_689_630)
            async let user = login.wait()
            try await scan(login.code, with: phone)
            let id = try await user.id
            #expect(id == phone.account?.userID)
            #expect(fixture.client.account?.userID == id)
            #expect(try await login.wait().id == id)
        }
    }

    @Test func codeThatIsScannedBeforeAnybodyWaitsSignsIn() async throws {
        try await run { fixture, phone in
            let login = try await fixture.client.qrLogin()
            try await scan(login.code, with: phone)
            let user = try await login.wait()
            #expect(user.id == phone.account?.userID)
        }
    }

    @Test func accountElsewhereMovesTheClient() async throws {
        try await run(dataCenter: 4) { fixture, phone in
            let login = try await fixture.client.qrLogin()
            try await scan(login.code, with: phone)
            let user = try await login.wait()
            #expect(user.id == phone.account?.userID)
            #expect(fixture.client.homeDataCenter == 4)
            #expect(try await fixture.client(TL.help.GetNearestDc()).thisDC == 4)
        }
    }

    @Test func passwordIsStillNeeded() async throws {
        try await run(password: "correct horse") { fixture, phone in
            let login = try await fixture.client.qrLogin()
            try await scan(login.code, with: phone)
            await #expect(throws: RPCError.SessionPasswordNeeded.self) { _ = try await login.wait() }
            let user = try await fixture.client.signIn(password: "correct horse")
            #expect(user.id == phone.account?.userID)
        }
    }

    @Test func accountsThatAreIgnoredCannotScan() async throws {
        try await run { fixture, phone in
            let id = try #require(phone.account?.userID)
            let login = try await fixture.client.qrLogin(ignoring: [id])
            await #expect(throws: RPCError.AuthTokenException.self) { try await scan(login.code, with: phone) }
        }
    }

    @Test func waitingEndsWithTheCode() async throws {
        try await ClientFixture.run { fixture in
            let login = try await fixture.client.qrLogin()
            let first = login.url
            let waiting = Task { try await login.wait() }
            await fixture.waitForSleepers()
            fixture.clock.advance(by: .seconds(30))
            let error = await #expect(throws: SignInError.self) { try await waiting.value }
            #expect(error?.code == .timedOut)
            #expect(login.url != first)
        }
    }

    @Test func shorterWaitLeavesTheCode() async throws {
        try await run { fixture, phone in
            let login = try await fixture.client.qrLogin()
            let first = login.url
            let waiting = Task { try await login.wait(timeout: .seconds(5)) }
            await fixture.waitForSleepers()
            fixture.clock.advance(by: .seconds(5))
            let error = await #expect(throws: SignInError.self) { try await waiting.value }
            #expect(error?.code == .timedOut)
            #expect(login.url == first)
            try await scan(login.code, with: phone)
            _ = try await login.wait()
        }
    }

    @Test func refreshedCodeReplacesTheOldOne() async throws {
        try await run { fixture, phone in
            let login = try await fixture.client.qrLogin()
            let first = login.code
            try await login.refresh()
            #expect(login.url != first?.url)
            await #expect(throws: RPCError.self) { try await scan(first, with: phone) }
            try await scan(login.code, with: phone)
            _ = try await login.wait()
        }
    }

    @Test func cancellingEndsTheWait() async throws {
        try await ClientFixture.run { fixture in
            let login = try await fixture.client.qrLogin()
            let waiting = Task { try await login.wait() }
            await fixture.waitForSleepers()
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            #expect(fixture.client.isConnected)
        }
    }

    @Test func sequenceShowsNewCodesAndEndsWithTheUser() async throws {
        try await run { fixture, phone in
            var urls: [String] = []
            var users: [Int64] = []
            for try await event in fixture.client.qrLoginEvents() {
                switch event {
                case .show(let code):
                    urls.append(code.url.absoluteString)
                    if urls.count == 3 {
                        try await scan(code, with: phone)
                    } else {
                        let clock = fixture.clock
                        Task {
                            await fixture.waitForSleepers()
                            clock.advance(by: .seconds(30))
                        }
                    }
                case .signedIn(let user): users.append(user.id)
                }
            }
            #expect(Set(urls).count == 3)
            #expect(users == [phone.account?.userID ?? 0])
        }
    }

    @Test func scanDuringALossOfTheConnectionIsNoticed() async throws {
        try await run(usesSystemTime: true) { fixture, phone in
            fixture.server.telegram.settings.loginTokenLifetime = 1_000_000
            fixture.server.losesUpdates = true
            let login = try await fixture.client.qrLogin()
            try await scan(login.code, with: phone)
            fixture.server.losesUpdates = false
            async let user = login.wait()
            await fixture.server.closeConnections(breakingOff: true)
            let id = try await user.id
            #expect(id == phone.account?.userID)
        }
    }

    @Test func waitOutlastsALossOfTheConnection() async throws {
        try await run(usesSystemTime: true) { fixture, phone in
            fixture.server.telegram.settings.loginTokenLifetime = 1_000_000
            let login = try await fixture.client.qrLogin()
            let first = login.url
            let waiting = Task { try await login.wait() }
            await fixture.waitForSleepers()
            await fixture.server.closeConnections(breakingOff: true)
            while login.url == first { await Task.yield() }
            try await scan(login.code, with: phone)
            #expect(try await waiting.value.id == phone.account?.userID)
        }
    }

    @Test func announcementThatSomethingIsMissingIsNotTakenForAScan() async throws {
        try await run { fixture, phone in
            let login = try await fixture.client.qrLogin()
            let first = login.url
            let waiting = Task { try await login.wait() }
            await fixture.waitForSleepers()
            for session in fixture.server.sessions where session.receivesUpdates { try session.push(.updatesTooLong) }
            while login.url == first { await Task.yield() }
            try await scan(login.code, with: phone)
            #expect(try await waiting.value.id == phone.account?.userID)
        }
    }

    @Test func waitThatIsLongerThanTheCodeEndsWithItsOwnTime() async throws {
        try await run { fixture, phone in
            let login = try await fixture.client.qrLogin()
            let first = login.url
            let waiting = Task { try await login.wait(timeout: .seconds(50)) }
            await fixture.waitForSleepers()
            fixture.clock.advance(by: .seconds(50))
            let error = await #expect(throws: SignInError.self) { try await waiting.value }
            #expect(error?.code == .timedOut)
            #expect(login.url != first)
        }
    }

    @Test func tokenOfADeviceThatIsKnownIsNotNeeded() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.answerUpdateState()
            fixture.server.answer(TL.auth.ExportLoginToken.self) { _, _ in
                .loginTokenSuccess(authorization: .authorization(user: .test(id: 5)))
            }
            let login = try await fixture.client.qrLogin()
            #expect(login.code == nil)
            #expect(try await login.wait().id == 5)
        }
    }

    @Test func withoutUpdatesItCannotWork() async throws {
        try await ClientFixture.run(client: { $0.receiveUpdates = false }) { fixture in
            let error = await #expect(throws: ClientError.self) { _ = try await fixture.client.qrLogin() }
            #expect(error?.code == .invalidConfiguration)
        }
    }
}
