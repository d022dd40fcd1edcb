import MTProto
import TelegramAPI
import Testing

@testable import TelegramTesting

/// Rules that the server breaks, and a client that notices.
@Suite(.timeLimit(.minutes(10))) struct ServerMisbehaviourTests {
    /// The check that has to notice.
    static let checks: [(rule: ServerMisbehaviour, check: SecurityCheck)] = [
        (.wrongKeyID, .keyID), (.wrongMessageKey, .messageKey), (.flippedBit, .messageKey),
        (.truncatedPacket, .packetLength), (.missingContent, .packetLength), (.wrongSession, .sessionID),
        (.evenMessageID, .messageIDParity), (.oldMessage, .messageTooOld), (.futureMessage, .messageTooNew),
        (.shortPadding, .padding), (.longPadding, .padding), (.lengthTooLarge, .messageLength),
        (.negativeLength, .messageLength), (.unalignedLength, .messageLength), (.nestedContainer, .container),
        (.containerOlderThanContent, .container), (.overcountedContainer, .container),
        (.inflatesWithoutEnd, .inflatedSize), (.replay, .duplicateMessage),
    ]

    @Test func everyRuleHasACheck() {
        #expect(Set(Self.checks.map(\.0)) == Set(ServerMisbehaviour.allCases))
    }

    @Test(arguments: checks)
    func clientNoticesAndGoesOn(rule: ServerMisbehaviour, check: SecurityCheck) async throws {
        try await withTestServer { server in
            try await server.withSender { sender in
                _ = try await sender.call(TL.help.GetConfig())
                let session = try #require(server.sessions.first)
                server.misbehave(rule)
                // An answer proves what time it is, so only what the client did not ask for can be too old or too new.
                try session.push(update(1))
                let answer = try await sender.call(TL.help.GetNearestDc(), options: RequestOptions(isRepeatable: true))
                #expect(answer.country == "NL")
                for await notice in sender.notices {
                    guard case .dropped(let noticed, _) = notice else { continue }
                    #expect(noticed == check)
                    break
                }
            }
        }
    }
}
