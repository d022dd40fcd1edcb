import Testing

@testable import TLGenerator

/// Who brings users and chats along: schema lines and their exact Swift.
@Suite struct PeerCarrierSnippetTests {
    private static let peers = "user id:long = User; chat id:long = Chat;\n"

    private func conformances(_ schema: String) throws -> String {
        let sample = try Sample(Self.peers + schema)
        return rendered(Array(PeerCarrierTranslator(context: sample.context).translate().dropFirst(2)))
    }

    @Test(arguments: ["user id:long = User; a user:User = A;", "chat id:long = Chat; a chats:Vector<Chat> = A;"])
    func schemaWithoutUsersOrChatsHasNoProtocol(schema: String) throws {
        #expect(PeerCarrierTranslator(context: try Sample(schema).context).translate().isEmpty)
    }

    @Test func onlyConstructorReadsItsFields() throws {
        let swift = try conformances("a flags:# user:flags.0?User users:Vector<User> chat:Chat = A;")
        #expect(
            swift == """
                extension TL.A: TL.PeerCarrier {
                    /// Users that came along.
                    public var carriedUsers: [TL.User] { (self.user.map { [$0] } ?? []) + self.users }
                    /// Groups and channels that came along.
                    public var carriedChats: [TL.Chat] { [self.chat] }
                }

                """
        )
    }

    @Test func constructorsWithoutAnythingShareOneBranch() throws {
        let swift = try conformances("a x:int = A; b flags:# chats:flags.3?Vector<Chat> = A; c = A;")
        #expect(
            swift == """
                extension TL.A: TL.PeerCarrier {
                    /// Groups and channels that came along.
                    public var carriedChats: [TL.Chat] {
                        switch self {
                        case .b(let payload):
                            payload.chats ?? []
                        default:
                            []
                        }
                    }
                }

                """
        )
    }

    @Test func carriersAreOpenedOneLevelDeep() throws {
        let swift = try conformances(
            "inner users:Vector<User> = Inner; outer inner:Inner = Outer; far outer:Outer = Far;"
        )
        #expect(
            swift == """
                extension TL.Inner: TL.PeerCarrier {
                    /// Users that came along.
                    public var carriedUsers: [TL.User] { self.users }
                }

                extension TL.Outer: TL.PeerCarrier {
                    /// Users that came along.
                    public var carriedUsers: [TL.User] { self.inner.carriedUsers }
                }

                """
        )
    }

    @Test(arguments: [
        "a users:Vector<long> = A;", "a participants:Vector<User> = A;", "a chat:User = A;",
        "a users:Vector<%User> = A;",
    ])
    func fieldsOfOtherNamesOrTypesAreLeftAlone(schema: String) throws {
        #expect(try conformances(schema).isEmpty)
    }

    @Test func randomNumberOfARequestMayBeLeftOut() throws {
        let sample = try Sample(
            "a random_id:long = A;\n---functions---\nsend random_id:long = Bool;\n"
                + "sendAll random_id:Vector<long> = Bool;"
        )
        #expect(sample.swift.contains("init(randomID: Swift.Int64 = Swift.Int64.random(in: .min ... .max)) {"))
        // A value from the server has one, and of several numbers nobody knows how many.
        #expect(sample.swift.contains("init(randomID: Swift.Int64) {"))
        #expect(sample.swift.contains("init(randomID: [Swift.Int64]) {"))
    }
}
