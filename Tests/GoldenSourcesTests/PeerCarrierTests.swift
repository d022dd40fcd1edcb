import GoldenSources
import TLRuntime
import Testing

@Suite struct PeerCarrierTests {
    static let carried = TL.Carried(
        user: .userEmpty(id: 1),
        chat: TL.Chat(id: 2),
        users: [.user(id: 3, name: "c")],
        chats: [TL.Chat(id: 4)],
        others: [.userEmpty(id: 5)]
    )

    private func users(_ value: any TL.PeerCarrier) -> [Int64] { value.carriedUsers.map(\.id) }
    private func chats(_ value: any TL.PeerCarrier) -> [Int64] { value.carriedChats.map(\.id) }

    @Test func fieldsAreFoundByTheirName() {
        #expect(users(Self.carried) == [1, 3])
        #expect(chats(Self.carried) == [2, 4])
        let short = TL.Carried(user: .userEmpty(id: 1), chats: [], others: [])
        #expect(users(short) == [1])
        #expect(chats(short) == [])
    }

    @Test func eachConstructorGivesWhatItHas() {
        #expect(users(TL.Carrying.carriedNothing) == [])
        #expect(users(TL.Carrying.carriedOne()) == [])
        #expect(users(TL.Carrying.carriedOne(user: .userEmpty(id: 7))) == [7])
        #expect(users(TL.Carrying.carriedMany(users: [.userEmpty(id: 7), .userEmpty(id: 8)], more: [])) == [7, 8])
        #expect(chats(TL.Carrying.carriedOne(user: .userEmpty(id: 7))) == [])
    }

    @Test func carriersWithinAreOpened() {
        let one = TL.Carrying.carriedOne(user: .userEmpty(id: 8))
        let value = TL.CarriedWithin(inner: Self.carried, last: Self.carried, list: [one], lists: [one, one])
        #expect(users(value) == [1, 3, 1, 3, 8, 8, 8])
        #expect(chats(value) == [2, 4, 2, 4])
        #expect(users(TL.CarriedWithin(inner: Self.carried, lists: [])) == [1, 3])
    }

    @Test func whatIsNoCarrierIsFoundToBeNone() {
        #expect(!((Samples.user as Any) is any TL.PeerCarrier))
        #expect((Self.carried as Any) is any TL.PeerCarrier)
        // A level too deep: nothing that the server sends looks like this.
        #expect(!((TL.CarriedTooDeep(inner: .init(inner: Self.carried, lists: [])) as Any) is any TL.PeerCarrier))
    }

    @Test func eachRequestHasARandomNumberOfItsOwnAndKeepsIt() throws {
        let first = TL.SendOnce(randomIDs: [])
        let second = TL.SendOnce(randomIDs: [])
        #expect(first.randomID != second.randomID)
        #expect(try first.encoded() == first.encoded())
        #expect(TL.SendOnce(randomID: 5, randomIDs: []).randomID == 5)
        #expect(TL.SendLater().randomID == nil)
    }
}
