import GoldenSources
import TLRuntime
import Testing

@Suite struct PrintingTests {
    @Test(
        arguments: [
            (TL.Nothing(), "nothing"),
            (TL.Peer.peerEmpty, "peerEmpty"),
            (Samples.user, "peerUser(user_id: 1, access_hash: -2)"),
            (Samples.chat, "peerChat(is_forum: true, chat_id: 7)"),
            (TL.Peer.peerChat(chatID: 7), "peerChat(chat_id: 7)"),
            (TL.TwoWords(b: 2, c: "c", d: true), #"twoWords(b: 2, c: "c", d: true)"#),
            (TL.SpareWords(x: 1), "spareWords(x: 1)"),
            (
                TL.BareUser(user: .init(userID: 1, accessHash: 2), chat: .init(chatID: 3)),
                "bareUser(user: peerUser(user_id: 1, access_hash: 2), chat: peerChat(chat_id: 3))"
            ),
            (TL.Link(next: TL.Link()), "link(next: link())"),
            (TL.Keyword.isSelf(x: 2), "self(x: 2)"),
            (TL.Named(default: 1, another: 2), "renamed(old_field: 1, other: 2)"),
            (TL.PQInnerData(pq: [1, 255]), "p_q_inner_data(pq: 0x01ff)"),
            (TL.OptionalVectors(ints: [1, 2]), "optionalVectors(ints: [1, 2])"),
            (
                TL.NestedVectors(matrix: [[1], []], rows: [[2]], blobs: [[[3]]], points: [[]], deep: [[["a"]]]),
                #"nestedVectors(matrix: [[1], []], rows: [[2]], blobs: [[0x03]], points: [[]], deep: [[["a"]]])"#
            ),
        ] as [(any TL.Object, String)]
    )
    func valuePrintsAsTL(value: any TL.Object, text: String) {
        #expect("\(value)" == text)
    }

    @Test(
        arguments: [
            (TL.Ping(), "ping"),
            (TL.PeerUser(x: 1), "peerUser(x: 1)"),
            (TL.InvokeWithLayer(layer: 7, query: TL.Ping()), "invokeWithLayer(layer: 7, query: ping)"),
            (
                TL.messages.Send(silent: true, peer: .peerEmpty, text: "t"),
                #"messages.send(silent: true, peer: peerEmpty, text: "t")"#
            ),
        ] as [(any TL.Function, String)]
    )
    func requestPrintsAsTL(function: any TL.Function, text: String) {
        #expect("\(function)" == text)
    }

    @Test func everySamplePrintsItsName() throws {
        for object in Samples.objects {
            let name = try #require(TL.fieldTable.name(of: try TLConstructorID.first(in: object.encoded())))
            #expect("\(object)".hasPrefix(name))
            #expect(!"\(object)".contains("//"))
        }
        for function in Samples.functions {
            #expect(!"\(function)".contains("//"))
        }
    }
}
