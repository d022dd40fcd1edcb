import TelegramAPI
import Testing

/// A page of history as a client gets it: 100 messages with their users and chats.
@Suite struct MessagesPageTests {
    private static let mutations = 20_000

    private func page() throws -> [UInt8] { try RepositoryFiles.bytes("Tests", "Fixtures", "messages-page.bin") }

    @Test func pageComesOutAsItWentIn() throws {
        let page = try page()
        let value = try TL.messages.Messages(decoding: page)
        #expect(try value.encoded() == page)
        guard case .channelMessages(let messages) = value else {
            Issue.record("the page is no longer a 'messages.channelMessages'")
            return
        }
        #expect(messages.messages.count == 100)
    }

    @Test func pageDecodesFromABufferThatIsNotAligned() throws {
        let page = try page()
        let shifted = [0] + page
        let recoded = try shifted.withUnsafeBytes { buffer in
            try TL.messages.Messages(decoding: UnsafeRawBufferPointer(rebasing: buffer[1...])).encoded()
        }
        #expect(recoded == page)
    }

    /// Prefixes are borrowed from the page, since 15,000 copies of it would take longer than decoding them.
    @Test func noPrefixInStepsOfFourIsAPage() throws {
        let page = try page()
        var refused = 0
        page.withUnsafeBytes { buffer in
            for length in stride(from: 0, to: buffer.count, by: 4) {
                let prefix = UnsafeRawBufferPointer(rebasing: buffer[..<length])
                if (try? TL.messages.Messages(decoding: prefix)) == nil { refused += 1 }
            }
        }
        #expect(refused == (page.count + 3) / 4)
    }

    @Test func changedBytesGiveAnErrorOrAValueThatCanBeEncoded() throws {
        var page = try page()
        var generator = SeededGenerator(seed: Seed.value)
        var accepted = 0
        for _ in 0..<Self.mutations {
            let index = Int.random(in: page.indices, using: &generator)
            let original = page[index]
            page[index] ^= UInt8.random(in: 1...255, using: &generator)
            do {
                let value = try page.withUnsafeBytes { try TL.messages.Messages(decoding: $0) }
                _ = try value.encoded()
                accepted += 1
            } catch is TLDecodingError {
                // Fine: the byte was part of a number, a count or a length.
            } catch {
                Issue.record(error, "byte \(index) as \(page[index]); \(Seed.hint)")
            }
            page[index] = original
        }
        // Most bytes are text, ids and hashes, which may be anything.
        #expect((Self.mutations / 4..<Self.mutations).contains(accepted), "\(Seed.hint)")
    }
}
