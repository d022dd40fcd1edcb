import GoldenSources
import TLRuntime

/// At least one value of every constructor and function of the golden schema, with every option on and off.
enum Samples {
    static let nonce = TLInt128(low: 0x0706_0504_0302_0100, high: 0x0F0E_0D0C_0B0A_0908)
    static let key = TLInt256(low: nonce, high: TLInt128(low: 1, high: .max))
    static let point = TL.Point(x: -1, y: .max)
    static let user = TL.Peer.peerUser(userID: 1, accessHash: -2)
    static let chat = TL.Peer.peerChat(isForum: true, chatID: 7)
    static let peers: [TL.Peer] = [.peerEmpty, user, chat, .peerFlagsOnly]
    static let blobs: [[UInt8]] = [[], [1], [1, 2, 3], [UInt8](repeating: 9, count: 300)]

    static let objects: [any TL.Object] = classes + vectors + enums + recursive + named + keywords + carriers

    private static let classes: [any TL.Object] = [
        TL.Nothing(),
        TL.Scalars(
            small: .min,
            large: .max,
            ratio: -0.5,
            text: "ünï\u{0}",
            data: [1, 2],
            isOn: true,
            nonce: nonce,
            key: key
        ),
        TL.Legacy(x: 5),
        point,
        TL.Options(),
        TL.Options(
            small: 1,
            large: 2,
            ratio: 3,
            text: "4",
            data: [5],
            isOn: false,
            nonce: nonce,
            key: key,
            peer: user,
            point: point,
            list: ["a", ""],
            last: true
        ),
        TL.Options(ratio: .infinity, peer: .peerEmpty),
        TL.Presence(), TL.Presence(silent: true), TL.Presence(pinned: true), TL.Presence(silent: true, pinned: true),
        TL.SpareWords(), TL.SpareWords(x: 1),
        TL.TwoWords(), TL.TwoWords(a: 1, b: 2, c: "c", d: true), TL.TwoWords(b: 2), TL.TwoWords(c: "c"),
        TL.Groups(), TL.Groups(width: 1, height: 2),
        TL.Groups(title: "t", isTitleShown: true, first: true, second: true, third: "x"),
    ]

    private static let vectors: [any TL.Object] = [
        TL.Vectors(
            ints: [1, -1],
            longs: [.min, 0],
            doubles: [0, 1.5],
            texts: ["", "a"],
            blobs: blobs,
            bools: [true, false],
            nonces: [nonce],
            keys: [key, key],
            peers: peers,
            points: [point],
            barePoints: [point, point]
        ),
        TL.Vectors(
            ints: [],
            longs: [],
            doubles: [],
            texts: [],
            blobs: [],
            bools: [],
            nonces: [],
            keys: [],
            peers: [],
            points: [],
            barePoints: []
        ),
        TL.BareVectors(
            ints: [1],
            longs: [2, 3],
            texts: ["a"],
            blobs: blobs,
            peers: peers,
            users: [.init(userID: 1, accessHash: 2)],
            points: [point]
        ),
        TL.NestedVectors(
            matrix: [[1, 2], [], [3]],
            rows: [[1], []],
            blobs: [blobs, []],
            points: [[point], []],
            deep: [[["a"], []], []]
        ),
        TL.OptionalVectors(), TL.OptionalVectors(ints: [], blobs: blobs), TL.OptionalVectors(peers: peers, points: []),
    ]

    private static let enums: [any TL.Object] =
        peers + [
            TL.Peer.peerChat(chatID: 7),
            TL.Shape.circle(id: 1, title: "round", radius: 0.5), TL.Shape.square(id: 2, side: 1),
            TL.Shape.square(id: 2, title: "flat", side: 1),
            TL.BareUser(user: .init(userID: 1, accessHash: 2), chat: .init(isForum: true, chatID: 3)),
        ]

    private static let recursive: [any TL.Object] = [
        TL.Tree.leaf(value: 1),
        TL.Tree.branch(left: .leaf(value: 1), right: .branch(left: .leaf(value: 2), right: .leaf(value: 3))),
        TL.Node(value: 1), TL.Node(value: 1, next: TL.Node(value: 2, next: TL.Node(value: 3))),
        TL.Link(), TL.Link(next: TL.Link(next: TL.Link())),
        TL.Loop.loopEnd, TL.Loop.loopStep(), TL.Loop.loopStep(next: .init(next: .init())),
    ]

    private static let named: [any TL.Object] = [
        TL.Words(
            isSelf: 1,
            initial: 2,
            type: 3,
            type2: 4,
            default: "5",
            class: 6,
            `inout`: 7,
            in: blobs,
            reader: 8,
            writer: "9",
            value: [10],
            payload: 11,
            element: 12,
            description: "13",
            debugDescription: "14",
            hash: 15,
            encode: 16,
            encoded: 17,
            write: 18
        ),
        TL.Acronyms(
            id: 1,
            userID: 2,
            msgIDs: [3],
            thumbURL: "4",
            urls: ["5"],
            html: "6",
            thisDC: 7,
            dcID: 8,
            identity: 9,
            pts2: 10,
            _1: 11,
            __: 12
        ),
        TL.OddWords(), TL.OddWords(x: 1, z: 3), TL.OddWords(y: 2),
        TL.Keyword.default, TL.Keyword.class(x: 1), TL.Keyword.isSelf(x: 2), TL.Keyword.initial(x: 3),
        TL.Keyword.noWord, TL.Keyword.any(any: 4),
        TL.PQInnerData(pq: [1]),
        TL.Named(default: 1, another: 2),
        TL.messages.Messages.page(id: 1, peers: peers),
        TL.messages.Messages.pageSlice(id: 1, next: .page(id: 2, peers: [])),
        TL.messages.String(value: "s"),
        TL.default.`Any`(type: TL.messages.String(value: "s")),
        TL.typeNamespace.TypeValue(x: TL.Error(code: 1, text: "t")),
        TL.Error(code: 1, text: "t"),
    ]

    /// 89 fields called like words of Swift, all of them 1: too many for a call. That the value is there at all is
    /// checked where every constructor is.
    private static let keywords: [any TL.Object] = {
        let number: [UInt8] = [0xF2, 0x5E, 0xE7, 0x51]
        let fields = (0..<89).flatMap { _ in [1, 0, 0, 0] as [UInt8] }
        return [try? TL.Keywords(decoding: number + fields)].compactMap { $0 }
    }()

    private static let carriers: [any TL.Object] = [
        TL.User.userEmpty(id: 1), TL.User.user(id: 2, name: "b"), TL.Chat(id: 3), PeerCarrierTests.carried,
        TL.Carrying.carriedNothing, TL.Carrying.carriedOne(), TL.Carrying.carriedOne(user: .userEmpty(id: 1)),
        TL.Carrying.carriedMany(users: [.userEmpty(id: 1)], more: [.carriedNothing]),
        TL.CarriedWithin(inner: PeerCarrierTests.carried, list: [.carriedNothing], lists: []),
        TL.CarriedTooDeep(inner: TL.CarriedWithin(inner: PeerCarrierTests.carried, lists: [])),
    ]

    static let functions: [any TL.Function] = [
        TL.SendOnce(randomIDs: [1]), TL.SendLater(), TL.SendLater(randomID: 1),
        TL.Ping(), TL.Count(peer: user), TL.GetFile(), TL.GetFiles(), TL.GetMatrix(), TL.GetPeers(ids: [1, 2]),
        TL.Reset(),
        TL.Echo(reader: "r", writer: 1, function: "f", wrap: 2, isSelf: true, `inout`: blobs, point: point),
        TL.Echo(reader: "r", writer: 1, function: "f", wrap: 2, point: point),
        TL.PeerUser(x: 1),
        TL.messages.Send(peer: user, text: "t"),
        TL.messages.Send(silent: true, peer: .peerEmpty, text: "t", replyTo: 1, topID: 2),
        TL.InvokeWithLayer(layer: 7, query: TL.Ping()),
        TL.InvokeTimed(query: TL.Count(peer: chat)),
        TL.messages.Invoke(reader: 1, function: TL.GetPeers(ids: []), wrap: "w"),
        TL.messages.Invoke(reader: 1, function: TL.InvokeTimed(query: TL.Reset())),
        TL.default.In(in: TL.InvokeWithLayer(layer: 1, query: TL.InvokeTimed(query: TL.Ping()))),
    ]
}
