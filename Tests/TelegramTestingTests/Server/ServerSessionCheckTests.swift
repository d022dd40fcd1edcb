import MTProto
import MTProtoCrypto
import TLRuntime
import Testing

@testable import TelegramTesting

/// What a session refuses, and with which number.
@Suite struct ServerSessionCheckTests {
    @Test(arguments: [
        (-301, ComplaintCode.identifierTooLow), (-299, nil), (29, nil), (31, ComplaintCode.identifierTooHigh),
    ])
    func messagesFarFromNowAreRefused(seconds: Int, code: ComplaintCode?) {
        var session = ScriptedSession()
        let id = MessageID((session.now.wall.components.seconds + Int64(seconds)) << 32)
        let actions = session.send(someRequest, id: id).actions
        #expect(actions.refused == (code.map { [$0] } ?? []))
        #expect(actions.executed == (code == nil ? [id] : []))
        let complaint = session.output().compactMap(\.complaint).first
        #expect(complaint == code?.rawValue)
    }

    @Test func identifiersMustBeMultiplesOfFour() {
        var session = ScriptedSession()
        let id = MessageID(session.nextID().rawValue | 2)
        #expect(session.send(someRequest, id: id).actions.refused == [.identifierBits])
    }

    @Test func wrongSaltIsAnsweredWithTheRightOne() throws {
        var session = ScriptedSession()
        let (id, actions) = session.send(someRequest, salt: 1)
        #expect(actions.executed.isEmpty && actions.refused == [.salt])
        let output = session.output()
        #expect(output.count == 1)
        guard case .badServerSalt(let notice)? = output.first?.object(MTP.BadMsgNotification.self) else {
            Issue.record("no bad_server_salt")
            return
        }
        #expect(notice.badMsgID == id.rawValue && notice.newServerSalt == ScriptedSession.salt)
        #expect(output[0].sequenceNumber & 1 == 0)
    }

    @Test func containerIdentifierCannotBeUsedAgain() {
        var session = ScriptedSession()
        let request = session.send(someRequest).id
        let inner = (MessageID(request.rawValue - 4), Int32(0), someRequest)
        #expect(session.sendContainer([inner], id: request).refused == [.containerIdentifier])
    }

    @Test(arguments: [
        (1, 3, [ComplaintCode]()), (3, 3, [.sequenceNumberTooLow]), (5, 3, [.sequenceNumberTooLow]),
    ])
    func sequenceNumbersRiseWithIdentifiers(first: Int32, second: Int32, codes: [ComplaintCode]) {
        var session = ScriptedSession()
        session.send(someRequest, sequenceNumber: first)
        #expect(session.send(someRequest, sequenceNumber: second).actions.refused == codes)
    }

    @Test func olderMessageCannotHaveAHigherNumber() {
        var session = ScriptedSession()
        let older = session.nextID()
        session.send(someRequest, sequenceNumber: 3)
        #expect(session.send(someRequest, id: older, sequenceNumber: 5).actions.refused == [.sequenceNumberTooHigh])
        #expect(session.send(someRequest, id: older, sequenceNumber: 1).actions.refused == [])
    }

    @Test func requestsNeedOddNumbersAndAcknowledgmentsEvenOnes() {
        var session = ScriptedSession()
        #expect(session.send(someRequest, isContent: false).actions.refused == [.sequenceNumberEven])
        let ack = MTP.MsgsAck(msgIDs: [1]).wireBytes
        #expect(session.send(ack, isContent: true).actions.refused == [.sequenceNumberOdd])
        let ping = MTP.Ping(pingID: 1).wireBytes
        #expect(session.send(ping, isContent: false).actions.refused == [])
        #expect(session.send(ping, isContent: true).actions.refused == [])
    }

    @Test func containerWithNewerMessageIsVoid() {
        var session = ScriptedSession()
        let id = session.nextID()
        let newer = session.nextID()
        let actions = session.sendContainer([(newer, 1, someRequest)], id: id)
        #expect(actions.refused == [.container] && actions.executed.isEmpty)
    }

    @Test func containerInContainerIsVoid() {
        var session = ScriptedSession()
        var inner: [UInt8] = []
        inner.append(littleEndian: FramedConstructor.messageContainer)
        inner.append(littleEndian: 0 as Int32)
        #expect(session.sendContainer([(session.nextID(), 0, inner)]).refused == [.container])
    }

    @Test func containerCutAnywhereIsVoidAndExecutesNothing() {
        var session = ScriptedSession()
        var body: [UInt8] = []
        body.append(littleEndian: FramedConstructor.messageContainer)
        body.append(littleEndian: 1 as Int32)
        body.append(littleEndian: session.nextID().rawValue)
        body.append(littleEndian: 1 as Int32)
        body.append(littleEndian: 4 as Int32)
        body += someRequest
        for count in stride(from: 4, to: body.count, by: 4) {
            let actions = session.send(Array(body.prefix(count)), isContent: false).actions
            #expect(actions.refused == [.container] && actions.executed.isEmpty, "cut after \(count) bytes")
        }
        #expect(session.send(body, isContent: false).actions.executed.count == 1)
    }

    @Test func messagesBelowWhatIsRememberedAreTooOldToTell() {
        var session = ScriptedSession { $0.rememberedMessages = 4 }
        let first = session.send(someRequest).id
        session.answer(first)
        for _ in 0..<10 { session.send(someRequest) }
        let actions = session.send(someRequest, id: first, sequenceNumber: 1).actions
        #expect(actions.refused == [.tooOld] && actions.executed.isEmpty)
    }

    @Test func lenientSessionTakesEverything() {
        var session = ScriptedSession { $0.strictness = .lenient }
        #expect(session.send(someRequest, id: MessageID(6), sequenceNumber: 4, salt: 9).actions.executed.count == 1)
    }
}
