// Every example of the reference. Compiled to prove that they compile; nothing calls them.
// swift-format-ignore-file

import GoldenSources
import TLRuntime

/// What examples call `client`.
struct ExampleClient {
    func callAsFunction<Request: TLFunction>(_ request: Request) async throws -> Request.Response {
        throw CancellationError()
    }
}

// index.html
func example1(client: ExampleClient) async throws {
    let request = TL.Ping()
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.PingFailed {
        print(error)
    } catch let error as RPCError.Timeout {
        print(error)
    }
}

// methods/ping.html
func example2(client: ExampleClient) async throws {
    let request = TL.Ping()
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.PingFailed {
        print(error)
    } catch let error as RPCError.Timeout {
        print(error)
    }
}

// methods/sendOnce.html
func example3(client: ExampleClient) async throws {
    let request = TL.SendOnce(randomID: .random(in: .min ... .max), randomIDs: [1])
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    } catch let error as RPCError {
        print(error)
    }
}

// methods/sendLater.html
func example4(client: ExampleClient) async throws {
    let request = TL.SendLater()
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    } catch let error as RPCError {
        print(error)
    }
}

// methods/count.html
func example5(client: ExampleClient) async throws {
    let request = TL.Count(peer: .peerFlagsOnly)
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    } catch let error as RPCError {
        print(error)
    }
}

// methods/getFile.html
func example6(client: ExampleClient) async throws {
    let request = TL.GetFile()
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.FileMigrate {
        print(error.newDC)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    }
}

// methods/getFiles.html
func example7(client: ExampleClient) async throws {
    let request = TL.GetFiles()
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    } catch let error as RPCError {
        print(error)
    }
}

// methods/getMatrix.html
func example8(client: ExampleClient) async throws {
    let request = TL.GetMatrix()
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    } catch let error as RPCError {
        print(error)
    }
}

// methods/getPeers.html
func example9(client: ExampleClient) async throws {
    let request = TL.GetPeers(ids: [1])
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    } catch let error as RPCError {
        print(error)
    }
}

// methods/reset.html
func example10(client: ExampleClient) async throws {
    let request = TL.Reset()
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    } catch let error as RPCError {
        print(error)
    }
}

// methods/echo.html
func example11(client: ExampleClient) async throws {
    let request = TL.Echo(
        reader: "example",
        writer: 1,
        function: "example",
        wrap: 1,
        point: TL.Point(x: 1, y: 1)
    )
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    } catch let error as RPCError {
        print(error)
    }
}

// methods/peerUser.html
func example12(client: ExampleClient) async throws {
    let request = TL.PeerUser(x: 1)
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    } catch let error as RPCError {
        print(error)
    }
}

// methods/messages.send.html
func example13(client: ExampleClient) async throws {
    let request = TL.messages.Send(peer: .peerFlagsOnly, text: "Hello!")
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    } catch let error as RPCError {
        print(error)
    }
}

// methods/invokeWithLayer.html
func example14(client: ExampleClient) async throws {
    let request = TL.InvokeWithLayer(layer: 228, query: TL.Ping())
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    } catch let error as RPCError {
        print(error)
    }
}

// methods/invokeTimed.html
func example15(client: ExampleClient) async throws {
    let request = TL.InvokeTimed(query: TL.Ping())
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    } catch let error as RPCError {
        print(error)
    }
}

// methods/messages.invoke.html
func example16(client: ExampleClient) async throws {
    let request = TL.messages.Invoke(reader: 1, function: TL.Ping())
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    } catch let error as RPCError {
        print(error)
    }
}

// methods/default.in.html
func example17(client: ExampleClient) async throws {
    let request = TL.`default`.In(in: TL.Ping())
    do {
        let response = try await client(request)
        print(response)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    } catch let error as RPCError {
        print(error)
    }
}

// constructors/nothing.html
func example18() async throws {
    let value = TL.Nothing()
    print(value)
}

// constructors/scalars.html
func example19() async throws {
    let value = TL.Scalars(
        small: 1,
        large: 1,
        ratio: 1.5,
        text: "Hello!",
        data: [1, 2, 3],
        isOn: true,
        nonce: TLInt128(low: 1, high: 2),
        key: TLInt256(low: .init(low: 1, high: 2), high: .init(low: 3, high: 4))
    )
    print(value.small)
}

// constructors/legacy.html
func example20() async throws {
    let value = TL.Legacy(x: 1)
    print(value.x)
}

// constructors/point.html
func example21() async throws {
    let value = TL.Point(x: 1, y: 1)
    print(value.x)
}

// constructors/options.html
func example22() async throws {
    let value = TL.Options()
    if let field = value.small { print(field) }
}

// constructors/presence.html
func example23() async throws {
    let value = TL.Presence()
    print(value.silent)
}

// constructors/spareWords.html
func example24() async throws {
    let value = TL.SpareWords()
    if let field = value.x { print(field) }
}

// constructors/twoWords.html
func example25() async throws {
    let value = TL.TwoWords()
    if let field = value.a { print(field) }
}

// constructors/groups.html
func example26() async throws {
    let value = TL.Groups()
    if let field = value.width { print(field) }
}

// constructors/vectors.html
func example27() async throws {
    let value = TL.Vectors(
        ints: [1],
        longs: [1],
        doubles: [1.5],
        texts: ["example"],
        blobs: [[1, 2, 3]],
        bools: [true],
        nonces: [TLInt128(low: 1, high: 2)],
        keys: [TLInt256(low: .init(low: 1, high: 2), high: .init(low: 3, high: 4))],
        peers: [.peerFlagsOnly],
        points: [TL.Point(x: 1, y: 1)],
        barePoints: [TL.Point(x: 1, y: 1)]
    )
    print(value.ints)
}

// constructors/bareVectors.html
func example28() async throws {
    let value = TL.BareVectors(
        ints: [1],
        longs: [1],
        texts: ["example"],
        blobs: [[1, 2, 3]],
        peers: [.peerFlagsOnly],
        users: [TL.Peer.PeerUser(userID: 777_000, accessHash: 1_234_567_890)],
        points: [TL.Point(x: 1, y: 1)]
    )
    print(value.ints)
}

// constructors/nestedVectors.html
func example29() async throws {
    let value = TL.NestedVectors(
        matrix: [[1]],
        rows: [[1]],
        blobs: [[[1, 2, 3]]],
        points: [[TL.Point(x: 1, y: 1)]],
        deep: [[["example"]]]
    )
    print(value.matrix)
}

// constructors/optionalVectors.html
func example30() async throws {
    let value = TL.OptionalVectors()
    if let field = value.ints { print(field) }
}

// constructors/peerEmpty.html
func example31() async throws {
    let value: TL.Peer = .peerEmpty
    switch value {
    case .peerEmpty:
        print(value)
    default:
        break
    }
}

// constructors/peerUser.html
func example32() async throws {
    let value: TL.Peer = .peerUser(userID: 777_000, accessHash: 1_234_567_890)
    switch value {
    case .peerUser(let payload):
        print(payload.userID)
    default:
        break
    }
}

// constructors/peerChat.html
func example33() async throws {
    let value: TL.Peer = .peerChat(chatID: 42)
    switch value {
    case .peerChat(let payload):
        print(payload.chatID)
    default:
        break
    }
}

// constructors/peerFlagsOnly.html
func example34() async throws {
    let value: TL.Peer = .peerFlagsOnly
    switch value {
    case .peerFlagsOnly:
        print(value)
    default:
        break
    }
}

// constructors/circle.html
func example35() async throws {
    let value: TL.Shape = .circle(id: 42, title: "A title", radius: 1.5)
    switch value {
    case .circle(let payload):
        print(payload.id)
    default:
        break
    }
}

// constructors/square.html
func example36() async throws {
    let value: TL.Shape = .square(id: 42, side: 1.5)
    switch value {
    case .square(let payload):
        print(payload.id)
    default:
        break
    }
}

// constructors/bareUser.html
func example37() async throws {
    let value = TL.BareUser(
        user: TL.Peer.PeerUser(userID: 777_000, accessHash: 1_234_567_890),
        chat: TL.Peer.PeerChat(chatID: 42)
    )
    print(value.user)
}

// constructors/leaf.html
func example38() async throws {
    let value: TL.Tree = .leaf(value: 1)
    switch value {
    case .leaf(let payload):
        print(payload.value)
    default:
        break
    }
}

// constructors/branch.html
func example39() async throws {
    let value: TL.Tree = .branch(left: .leaf(value: 1), right: .leaf(value: 1))
    switch value {
    case .branch(let payload):
        print(payload.left)
    default:
        break
    }
}

// constructors/node.html
func example40() async throws {
    let value = TL.Node(value: 1)
    print(value.value)
}

// constructors/link.html
func example41() async throws {
    let value = TL.Link()
    if let field = value.next { print(field) }
}

// constructors/loopEnd.html
func example42() async throws {
    let value: TL.Loop = .loopEnd
    switch value {
    case .loopEnd:
        print(value)
    default:
        break
    }
}

// constructors/loopStep.html
func example43() async throws {
    let value: TL.Loop = .loopStep()
    switch value {
    case .loopStep(let payload):
        if let field = payload.next { print(field) }
    default:
        break
    }
}

// constructors/words.html
func example44() async throws {
    let value = TL.Words(
        isSelf: 1,
        initial: 1,
        type: 1,
        type2: 1,
        default: "example",
        class: 1,
        `inout`: 1,
        in: [[1, 2, 3]],
        reader: 1,
        writer: "example",
        value: [1, 2, 3],
        payload: 1,
        element: 1,
        description: "A few words.",
        debugDescription: "example",
        hash: 0,
        encode: 1,
        encoded: 1,
        write: 1
    )
    print(value.isSelf)
}

// constructors/acronyms.html
func example45() async throws {
    let value = TL.Acronyms(
        id: 42,
        userID: 42,
        msgIDs: [1],
        thumbURL: "https://example.org",
        urls: ["example"],
        html: "example",
        thisDC: 1,
        dcID: 2,
        identity: 1,
        pts2: 1,
        _1: 1,
        __: 1
    )
    print(value.id)
}

// constructors/oddWords.html
func example46() async throws {
    let value = TL.OddWords()
    if let field = value.x { print(field) }
}

// constructors/keywords.html
func example47() async throws {
    let value = TL.Keywords(
        associatedtype: 1,
        class: 1,
        deinit: 1,
        enum: 1,
        extension: 1,
        fileprivate: 1,
        func: 1,
        import: 1,
        `inout`: 1,
        internal: 1,
        let: 1,
        open: 1,
        operator: 1,
        private: 1,
        precedencegroup: 1,
        protocol: 1,
        public: 1,
        rethrows: 1,
        static: 1,
        struct: 1,
        subscript: 1,
        typealias: 1,
        var: 1,
        break: 1,
        case: 1,
        catch: 1,
        continue: 1,
        default: 1,
        defer: 1,
        do: 1,
        else: 1,
        fallthrough: 1,
        for: 1,
        guard: 1,
        if: 1,
        in: 1,
        repeat: 1,
        return: 1,
        switch: 1,
        throw: 1,
        where: 1,
        while: 1,
        as: 1,
        await: 1,
        false: 1,
        is: 1,
        nil: 1,
        throws: 1,
        try: 1,
        superior: 1,
        any: 1,
        some: 1,
        each: 1,
        async: 1,
        package: 1,
        lazy: 1,
        weak: 1,
        unowned: 1,
        isolated: 1,
        nonisolated: 1,
        sending: 1,
        borrowing: 1,
        consuming: 1,
        consume: 1,
        copy: 1,
        discard: 1,
        unsafe: 1,
        then: 1,
        yield: 1,
        get: 1,
        set: 1,
        willSet: 1,
        didSet: 1,
        left: 1,
        right: 1,
        none: 1,
        prefix: 1,
        infix: 1,
        postfix: 1,
        macro: 1,
        actor: 1,
        final: 1,
        optional: 1,
        required: 1,
        convenience: 1,
        override: 1,
        mutating: 1,
        dynamic: 1,
        indirect: 1
    )
    print(value.`associatedtype`)
}

// constructors/default.html
func example48() async throws {
    let value: TL.Keyword = .`default`
    switch value {
    case .`default`:
        print(value)
    default:
        break
    }
}

// constructors/class.html
func example49() async throws {
    let value: TL.Keyword = .`class`(x: 1)
    switch value {
    case .`class`(let payload):
        print(payload.x)
    default:
        break
    }
}

// constructors/self.html
func example50() async throws {
    let value: TL.Keyword = .isSelf(x: 1)
    switch value {
    case .isSelf(let payload):
        print(payload.x)
    default:
        break
    }
}

// constructors/init.html
func example51() async throws {
    let value: TL.Keyword = .initial(x: 1)
    switch value {
    case .initial(let payload):
        print(payload.x)
    default:
        break
    }
}

// constructors/none.html
func example52() async throws {
    let value: TL.Keyword = .noWord
    switch value {
    case .noWord:
        print(value)
    default:
        break
    }
}

// constructors/any.html
func example53() async throws {
    let value: TL.Keyword = .any(any: 1)
    switch value {
    case .any(let payload):
        print(payload.any)
    default:
        break
    }
}

// constructors/p_q_inner_data.html
func example54() async throws {
    let value = TL.PQInnerData(pq: [1, 2, 3])
    print(value.pq)
}

// constructors/renamed.html
func example55() async throws {
    let value = TL.Named(default: 1, another: 1)
    print(value.`default`)
}

// constructors/messages.page.html
func example56() async throws {
    let value: TL.messages.Messages = .page(id: 42, peers: [.peerFlagsOnly])
    switch value {
    case .page(let payload):
        print(payload.id)
    default:
        break
    }
}

// constructors/messages.pageSlice.html
func example57() async throws {
    let value: TL.messages.Messages = .pageSlice(
        id: 42,
        next: .page(id: 42, peers: [.peerEmpty])
    )
    switch value {
    case .pageSlice(let payload):
        print(payload.id)
    default:
        break
    }
}

// constructors/messages.string.html
func example58() async throws {
    let value = TL.messages.String(value: "example")
    print(value.value)
}

// constructors/default.any.html
func example59() async throws {
    let value = TL.`default`.`Any`(type: TL.messages.String(value: "example"))
    print(value.type)
}

// constructors/type.item.html
func example60() async throws {
    let value = TL.typeNamespace.TypeValue(x: TL.Error(code: 1, text: "Hello!"))
    print(value.x)
}

// constructors/error.html
func example61() async throws {
    let value = TL.Error(code: 1, text: "Hello!")
    print(value.code)
}

// constructors/userEmpty.html
func example62() async throws {
    let value: TL.User = .userEmpty(id: 42)
    switch value {
    case .userEmpty(let payload):
        print(payload.id)
    default:
        break
    }
}

// constructors/user.html
func example63() async throws {
    let value: TL.User = .user(id: 42, name: "Ann")
    switch value {
    case .user(let payload):
        print(payload.id)
    default:
        break
    }
}

// constructors/chat.html
func example64() async throws {
    let value = TL.Chat(id: 42)
    print(value.id)
}

// constructors/carried.html
func example65() async throws {
    let value = TL.Carried(
        user: .user(id: 42, name: "Ann"),
        chats: [TL.Chat(id: 42)],
        others: [.user(id: 42, name: "Ann")]
    )
    print(value.user)
}

// constructors/carriedNothing.html
func example66() async throws {
    let value: TL.Carrying = .carriedNothing
    switch value {
    case .carriedNothing:
        print(value)
    default:
        break
    }
}

// constructors/carriedOne.html
func example67() async throws {
    let value: TL.Carrying = .carriedOne()
    switch value {
    case .carriedOne(let payload):
        if let field = payload.user { print(field) }
    default:
        break
    }
}

// constructors/carriedMany.html
func example68() async throws {
    let value: TL.Carrying = .carriedMany(
        users: [.user(id: 42, name: "Ann")],
        more: [.carriedNothing]
    )
    switch value {
    case .carriedMany(let payload):
        print(payload.users)
    default:
        break
    }
}

// constructors/carriedWithin.html
func example69() async throws {
    let value = TL.CarriedWithin(
        inner: TL.Carried(
            user: .user(id: 42, name: "Ann"),
            chats: [TL.Chat(id: 42)],
            others: [.userEmpty(id: 42)]
        ),
        lists: [.carriedNothing]
    )
    print(value.inner)
}

// constructors/carriedTooDeep.html
func example70() async throws {
    let value = TL.CarriedTooDeep(
        inner: TL.CarriedWithin(
            inner: TL.Carried(
                user: .userEmpty(id: 42),
                chats: [TL.Chat(id: 42)],
                others: [.userEmpty(id: 42)]
            ),
            lists: [.carriedNothing]
        )
    )
    print(value.inner)
}

// errors/2FA_CONFIRM_WAIT_X.html
func example71(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.TwoFaConfirmWait {
        try await Task.sleep(for: error.duration)
    }
}

// errors/CHAT_WAIT_XMIN.html
func example72(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.ChatWait {
        try await Task.sleep(for: error.duration)
    }
}

// errors/DEFAULT_X.html
func example73(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.Default {
        print(error.`default`)
    }
}

// errors/FILE_MIGRATE_X.html
func example74(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.FileMigrate {
        print(error.newDC)
    }
}

// errors/FIRSTNAME_INVALID.html
func example75(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.FirstNameInvalid {
        print(error)
    }
}

// errors/FLOOD_WAIT_X.html
func example76(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.FloodWait {
        try await Task.sleep(for: error.duration)
    }
}

// errors/ODD_CODE.html
func example77(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.StrangeCode {
        print(error)
    }
}

// errors/Ping_Failed.html
func example78(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.PingFailed {
        print(error)
    }
}

// errors/TIMEOUT.html
func example79(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.Timeout {
        print(error)
    }
}

// errors/TYPE.html
func example80(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.TypeValue {
        print(error)
    }
}

// errors/Timeout_2.html
func example81(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.Timeout {
        print(error)
    }
}

// families/InvalidDC.html
func example82(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.InvalidDC {
        print(error.name, error)
    }
}

// families/BadRequest.html
func example83(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.BadRequest {
        print(error.name, error)
    }
}

// families/Unauthorized.html
func example84(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.Unauthorized {
        print(error.name, error)
    }
}

// families/Forbidden.html
func example85(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.Forbidden {
        print(error.name, error)
    }
}

// families/NotFound.html
func example86(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.NotFound {
        print(error.name, error)
    }
}

// families/AuthKey.html
func example87(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.AuthKey {
        print(error.name, error)
    }
}

// families/Flood.html
func example88(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.Flood {
        print(error.name, error)
    }
}

// families/Server.html
func example89(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.Server {
        print(error.name, error)
    }
}

// families/TimedOut.html
func example90(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError.TimedOut {
        print(error.name, error)
    }
}

// families/RPCError.html
func example91(client: ExampleClient, request: some TLFunction) async throws {
    do {
        _ = try await client(request)
    } catch let error as RPCError {
        print(error.name, error)
    }
}
