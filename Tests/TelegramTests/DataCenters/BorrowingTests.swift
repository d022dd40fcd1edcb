import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

@testable import Telegram

@Suite(.timeLimit(.minutes(10)))
struct BorrowingTests {
    @Test func requestGoesToTheOtherDataCenterWithTheAccount() async throws {
        try await ClientFixture.run(prepare: { $0.answerAuthorizations() }) { fixture in
            let nearest = try await fixture.client.call(TL.help.GetNearestDc(), inDataCenter: 4)
            #expect(nearest.thisDC == 4)
            #expect(fixture.client.homeDataCenter == 2)
            let home = try await fixture.client.call(TL.help.GetNearestDc(), inDataCenter: 2)
            #expect(home.thisDC == 2)
            #expect(fixture.count(of: "auth.exportAuthorization") == 1)
            let info = fixture.server.sessions.first { $0.dataCenterID == 4 }
            #expect(info?.clientInfo?.apiID == 17)
            #expect(info?.receivesUpdates == false)
        }
    }

    @Test func manyAtOnceShareOneConnectionAndOneSignIn() async throws {
        try await ClientFixture.run(prepare: { $0.answerAuthorizations() }) { fixture in
            try await withThrowingTaskGroup(of: Int32.self) { group in
                for index in 0..<20 {
                    group.addTask {
                        let role = index.isMultiple(of: 2) ? ConnectionRole.ordinary : .media(index: index % 4)
                        return try await fixture.client.borrow(4, role).call(TL.help.GetNearestDc()).thisDC
                    }
                }
                for try await place in group { #expect(place == 4) }
            }
            #expect(fixture.count(of: "auth.exportAuthorization") == 1)
            #expect(fixture.count(of: "auth.importAuthorization") == 1)
            #expect(fixture.server.statistics.keyExchanges == 2)
            // The home connection, the ordinary one, and two for files.
            #expect(fixture.server.statistics.connectionsAccepted == 4)
        }
    }

    @Test func connectionIsClosedAMinuteAfterItsLastUseAndItsKeyServesTheNext() async throws {
        try await ClientFixture.run(prepare: { $0.answerAuthorizations() }) { fixture in
            _ = try await fixture.client.call(TL.help.GetNearestDc(), inDataCenter: 4)
            #expect(fixture.server.statistics.connectionsOpen == 2)
            await fixture.waitForHousekeeping()
            fixture.clock.advance(by: .seconds(59))
            await fixture.waitForHousekeeping()
            #expect(fixture.server.statistics.connectionsOpen == 2)
            fixture.clock.advance(by: .seconds(1))
            while fixture.server.statistics.connectionsOpen == 2 { await Task.yield() }
            let nearest = try await fixture.client.call(TL.help.GetNearestDc(), inDataCenter: 4)
            #expect(nearest.thisDC == 4)
            #expect(fixture.server.statistics.keyExchanges == 2)
            #expect(fixture.count(of: "auth.importAuthorization") == 1)
        }
    }

    @Test func borrowedConnectionStaysAsLongAsSomebodyHasIt() async throws {
        try await ClientFixture.run(prepare: { $0.answerAuthorizations() }) { fixture in
            var borrowed: BorrowedSender? = fixture.client.borrow(4)
            _ = try await borrowed?.call(TL.help.GetNearestDc())
            await fixture.waitForHousekeeping()
            fixture.clock.advance(by: .seconds(60))
            await fixture.waitForHousekeeping()
            #expect(fixture.server.statistics.connectionsOpen == 2)
            borrowed = nil
            fixture.clock.advance(by: .seconds(60))
            while fixture.server.statistics.connectionsOpen == 2 { await Task.yield() }
        }
    }

    @Test func nextRunNeedsNeitherKeyExchangeNorSignIn() async throws {
        try await ClientFixture.run(prepare: { $0.answerAuthorizations() }) { fixture in
            _ = try await fixture.client.call(TL.help.GetNearestDc(), inDataCenter: 4)
            await fixture.client.disconnect()
            let other = try fixture.anotherClient(session: fixture.session)
            try await other.connect()
            _ = try await other.call(TL.help.GetNearestDc(), inDataCenter: 4)
            await other.disconnect()
            #expect(fixture.server.statistics.keyExchanges == 2)
            #expect(fixture.count(of: "auth.exportAuthorization") == 1)
        }
    }

    @Test func signInThatTheOtherDataCenterHasForgottenIsRepeated() async throws {
        try await ClientFixture.run(prepare: { $0.answerAuthorizations() }) { fixture in
            let borrowed = fixture.client.borrow(4)
            _ = try await borrowed.call(TL.help.GetNearestDc())
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("AUTH_KEY_UNREGISTERED", code: 401))
            let nearest = try await borrowed.call(TL.help.GetNearestDc())
            #expect(nearest.thisDC == 4)
            #expect(fixture.count(of: "auth.importAuthorization") == 2)
        }
    }

    @Test func keyThatTheOtherDataCenterHasForgottenIsReplaced() async throws {
        try await ClientFixture.run(prepare: { $0.answerAuthorizations() }) { fixture in
            let borrowed = fixture.client.borrow(4)
            _ = try await borrowed.call(TL.help.GetNearestDc())
            let key = try #require(fixture.server.sessions.first { $0.dataCenterID == 4 }).authKeyID
            await fixture.server.forgetKey(key)
            let nearest = try await borrowed.call(TL.help.GetNearestDc())
            #expect(nearest.thisDC == 4)
            #expect(fixture.server.statistics.keyExchanges == 3)
            #expect(fixture.client.isConnected)
        }
    }

    @Test func keyOfTheLastRunThatTheOtherDataCenterHasForgottenIsReplaced() async throws {
        try await ClientFixture.run(prepare: { $0.answerAuthorizations() }) { fixture in
            _ = try await fixture.client.call(TL.help.GetNearestDc(), inDataCenter: 4)
            let key = try #require(fixture.server.sessions.first { $0.dataCenterID == 4 }).authKeyID
            await fixture.client.disconnect()
            await fixture.server.forgetKey(key)
            try await fixture.client.connect()
            let nearest = try await fixture.client.call(TL.help.GetNearestDc(), inDataCenter: 4)
            #expect(nearest.thisDC == 4)
            #expect(fixture.server.statistics.keyExchanges == 3)
            #expect(fixture.count(of: "auth.importAuthorization") == 2)
        }
    }

    @Test func numberThatIsOurOwnCorrectsTheSession() async throws {
        try await ClientFixture.run(isConnected: false, prepare: { $0.answerAuthorizations() }) { fixture in
            // The session believes that data centre 2 is number 3.
            let home = try #require(fixture.server.dataCenter(2))
            let session = MemorySession(
                SessionContent(home: DataCenterAddress(id: 3, host: home.host, port: home.port))
            )
            let client = try fixture.anotherClient(session: session)
            try await client.connect()
            let nearest = try await client.call(TL.help.GetNearestDc(), inDataCenter: 2)
            #expect(nearest.thisDC == 2)
            #expect(client.homeDataCenter == 2)
            await client.disconnect()
            let content = try session.open()
            session.close()
            #expect(content.home == DataCenterAddress(id: 2, host: home.host, port: home.port))
            #expect(content.authKeys[2] != nil)
            #expect(content.authKeys[3] == nil)
        }
    }

    @Test func redirectionOfABorrowedConnectionIsThrown() async throws {
        try await ClientFixture.run(prepare: { $0.answerAuthorizations() }) { fixture in
            let borrowed = fixture.client.borrow(4)
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("FILE_MIGRATE_5", code: 303))
            let error = await #expect(throws: RPCError.FileMigrate.self) {
                _ = try await borrowed.call(TL.help.GetNearestDc())
            }
            #expect(error?.newDC == 5)
            #expect(fixture.client.homeDataCenter == 2)
        }
    }

    @Test func connectionForFilesOfTheOwnDataCenterUsesItsKey() async throws {
        try await ClientFixture.run(prepare: { $0.answerAuthorizations() }) { fixture in
            let nearest = try await fixture.client.borrow(2, .media()).call(TL.help.GetNearestDc())
            #expect(nearest.thisDC == 2)
            #expect(fixture.server.statistics.keyExchanges == 1)
            #expect(fixture.server.statistics.connectionsAccepted == 2)
            #expect(fixture.count(of: "auth.exportAuthorization") == 0)
        }
    }

    @Test func serverWithCopiesIsTrustedByItsOwnKeyAndNobodySignsIn() async throws {
        try await ClientFixture.run(isConnected: false, server: { $0.hasKeyPerDataCenter = true }) { fixture in
            let home = try #require(fixture.server.dataCenter(2))
            let copies = try #require(fixture.server.dataCenter(5))
            fixture.server.answer(TL.help.GetCdnConfig.self) { _, _ in
                TL.CdnConfig(publicKeys: [
                    TL.CdnPublicKey(dcID: 4, publicKey: home.publicKeyPEM),
                    TL.CdnPublicKey(dcID: 5, publicKey: copies.publicKeyPEM),
                ])
            }
            let wrappers = Locked<[String]>([])
            fixture.server.answer(TL.upload.GetCdnFile.self) { _, _ in
                wrappers.withLock { $0 = TestRequest.current?.wrappers ?? [] }
                return .cdnFile(TL.upload.CdnFile.CdnFile(bytes: [7]))
            }
            let session = MemorySession()
            var configuration = fixture.client.configuration
            configuration.serverKeys = [try ServerPublicKey(pem: home.publicKeyPEM)]
            let client = try TelegramClient(
                session: session,
                apiID: 17,
                apiHash: "a",
                configuration: configuration
            )
            try await client.connect()
            await client.core.addOptionForCopies(of: copies)
            let borrowed = client.borrow(5, .cdn)
            _ = try await borrowed.call(TL.upload.GetCdnFile(fileToken: [1], offset: 0, limit: 1_024))
            #expect(wrappers.withLock { $0 } == ["invokeWithLayer", "initConnection"])
            #expect(fixture.count(of: "auth.exportAuthorization") == 0)
            let missing = await #expect(throws: ClientError.self) {
                _ = try await client.borrow(3, .cdn).call(TL.upload.GetCdnFile(fileToken: [1], offset: 0, limit: 1))
            }
            #expect(missing?.code == .unknownDataCenter)
            await client.disconnect()
        }
    }

    @Test func otherAccountDoesNotInheritConnections() async throws {
        try await ClientFixture.run(prepare: { server in
            server.answerAuthorizations()
            server.answerUpdateState()
        }) { fixture in
            try await fixture.client.signedIn(.test(id: 5))
            _ = try await fixture.client.call(TL.help.GetNearestDc(), inDataCenter: 4)
            try await fixture.client.signedIn(.test(id: 6))
            _ = try await fixture.client.call(TL.help.GetNearestDc(), inDataCenter: 4)
            #expect(fixture.count(of: "auth.importAuthorization") == 2)
            #expect(fixture.server.statistics.keyExchanges == 3)
        }
    }

    @Test func disconnectingWhileAConnectionIsMadeEndsIt() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.on(TL.auth.ExportAuthorization.self) { _, _ in
                try await Task.sleep(for: .seconds(3_600))
                return TL.auth.ExportedAuthorization(id: 1, bytes: [])
            }
            let task = Task { try await fixture.client.call(TL.help.GetNearestDc(), inDataCenter: 4) }
            while fixture.count(of: "auth.exportAuthorization") == 0 { await Task.yield() }
            await fixture.client.disconnect()
            await #expect(throws: CancellationError.self) { _ = try await task.value }
            while fixture.server.statistics.connectionsOpen > 0 { await Task.yield() }
        }
    }
}

extension ClientCore {
    /// As if the server had named a data centre for copies of files.
    func addOptionForCopies(of dataCenter: TestDataCenter) {
        dataCenters.replaceOptions([
            TL.DcOption(cdn: true, id: dataCenter.id, ipAddress: dataCenter.host, port: Int32(dataCenter.port))
        ])
    }
}
