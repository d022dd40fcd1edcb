import MTProto
import Telegram
import TelegramAPI
import Testing

@Suite struct BotFileIDTests {
    private static let voice = "AwADAgADiHdmVUQzIhH-_________wI"
    private static let document = BotFileID.Location.document(id: 0x1122_3344_5566_7788, accessHash: -2)

    // MARK: - The form of 2015

    @Test func legacyFormIsReadAndWritten() throws {
        let voice = BotFileID(type: .voice, dataCenter: 2, location: Self.document)
        #expect(voice.legacyString == Self.voice)
        #expect(BotFileID(Self.voice) == voice)
        #expect(BotFileID("BQADAgADiHdmVUQzIhH-_________wI")?.type == .document)
        #expect(
            BotFileID(type: .photo, dataCenter: 2, location: .web(url: "", accessHash: 0)).legacyString == nil
        )
    }

    @Test func legacyPhotoIsRead() {
        // Type 2, data centre 4, numbers 1 to 4 (64 bits), 5 (32 bits).
        let numbers: [UInt64] = [1, 2, 3, 4]
        var bytes: [UInt8] = [2, 0, 0, 0, 4, 0, 0, 0]
        for number in numbers { bytes += (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) } }
        bytes += [5, 0, 0, 0]
        let id = BotFileID(Self.text(bytes + [2]))
        #expect(id?.location == .photo(id: 1, accessHash: 2, source: .legacy(volume: 3, secret: 4, local: 5)))
        #expect(id?.dataCenter == 4)
        #expect(id?.type == .photo)
        // The same of 2019, before photos had sources: the secret lies between the volume and the local number, too.
        #expect(BotFileID(Self.text(bytes + [21, 4]))?.location == id?.location)
        // Data centres of Telegram are numbered from 1 to 5.
        bytes[4] = 6
        #expect(BotFileID(Self.text(bytes + [2])) == nil)
    }

    // MARK: - The newer form

    /// Made by Telegram's bot API server in November 2020.
    @Test(
        arguments: [
            ("CQACAgIAAx0CAAGgr9AAAgmQX7b4XPBstC1fFUuJBooHTHFd7HMAAgUAA4GkuUnVOGG5P196yR4E", .audio, "AgADBQADgaS5SQ"),
            ("BAACAgIAAx0CAAGgr9AAAgmRX7b4Xv9f-4BK5VR_5ppIOF6UIp0AAgYAA4GkuUmhnZz2xC37wR4E", .video, "AgADBgADgaS5SQ"),
            (
                "BQACAgIAAx0CAAGgr9AAAgmPX7b4UxbjNoFEO_L0I4s6wrXNJA8AAgQAA4GkuUm9FFvIaOhXWR4E", .document,
                "AgADBAADgaS5SQ"
            ),
            (
                "CgACAgIAAx0CAAGgr9AAAgmSX7b4Y2g8_QW2XFd49iUmRnHOyG8AAgcAA4GkuUnry9gWDzF_5R4E", .animation,
                "AgADBwADgaS5SQ"
            ),
            ("AwACAgIAAx0CAAGgr9AAAgmUX7b4c1KQyHVwzffxC2EnSYWsMAQAAgkAA4GkuUlsZUZ4_I97AR4E", .voice, "AgADCQADgaS5SQ"),
            (
                "DQACAgIAAx0CAAGgr9AAAgmVX7b53qrRzCEO13BaLQJaYuFbdlwAAgoAA4GkuUmlqIzDy_PCsx4E", .videoNote,
                "AgADCgADgaS5SQ"
            ),
            (
                "CAACAgEAAx0CAAGgr9AAAgmWX7b6uFeLlhXEgYrM8pIbGaQKRQ0AAswBAALjeAQAAbeooNv_tb6-HgQ", .sticker,
                "AgADzAEAAuN4BAAB"
            ),
            (
                "CAACAgIAAxkBAAIEol9yQhBqFnT4HXldAh31a-hYXuDIAAIECwACAoujAAFFn1sl9AABHbkbBA", .sticker,
                "AgADBAsAAgKLowAB"
            ),
        ] as [(String, BotFileID.FileType, String)]
    )
    func documentsOfTheServerAreRead(text: String, type: BotFileID.FileType, unique: String) throws {
        let id = try #require(BotFileID(text))
        #expect(id.type == type)
        #expect([1, 2].contains(id.dataCenter))
        #expect(id.uniqueID == unique)
        #expect([25, 29].contains(id.fileReference.count))
        // Only the version at the end is another one.
        #expect(id.string.dropLast(3) == text.dropLast(3))
        #expect(BotFileID(id.string) == id)
    }

    @Test func documentIsReadInEveryDetail() throws {
        let id = try #require(
            BotFileID("BQACAgIAAx0CAAGgr9AAAgmPX7b4UxbjNoFEO_L0I4s6wrXNJA8AAgQAA4GkuUm9FFvIaOhXWR4E")
        )
        #expect(id.dataCenter == 2)
        #expect(id.location == .document(id: 5_312_458_109_417_947_140, accessHash: 6_437_869_729_085_068_477))
        #expect(id.fileReference.starts(with: [2, 0, 0xA0, 0xAF, 0xD0, 0, 0, 9, 0x8F]))
    }

    /// Made by the same server.
    @Test func photosOfTheServerAreRead() throws {
        let thumbnail = try #require(
            BotFileID(
                "AAMCAgADHQIAAaCv0AACCZBftvhc8Gy0LV8VS4kGigdMcV3scwACBQADgaS5SdU4Ybk_X3rJIH3qihAAAwEAB20AA_OeAQABHgQ"
            )
        )
        guard case .photo(let documentID, _, let source) = thumbnail.location else {
            Issue.record("not a photo")
            return
        }
        #expect(thumbnail.type == .thumbnail)
        #expect(documentID == 5_312_458_109_417_947_141)
        #expect(source == .thumbnail(.thumbnail, size: "m"))
        let photo = try #require(
            BotFileID(
                "AgACAgIAAx0CAAGgr9AAAgmZX7b7IPLRl8NcV3EJkzHwI1gwT-oAAq2nMRuBpLlJPJY-URZfhTkgfeqKEAADAQADAgADeQAD_54BAAEeBA"
            )
        )
        guard case .photo(_, _, .thumbnail(.photo, size: "y")) = photo.location else {
            Issue.record("not the largest size")
            return
        }
        let channel = try #require(BotFileID("AQADAgATIH3qihAAAwMAA-fFwCoX____MvARg8nvpc3TpwACHgQ"))
        guard case .photo(_, _, .legacyProfilePhoto(let peer, _, isBig: true, let volume, let local)) = channel.location
        else {
            Issue.record("not the photo of a channel")
            return
        }
        guard case .channel = PeerID(marked: peer) else {
            Issue.record("\(peer) is not a channel")
            return
        }
        #expect(volume > 0)
        #expect(local > 0)
        #expect(channel.uniqueID == "AQADIH3qihAAA9OnAAI")
        #expect(
            BotFileID("AQADAgADrKcxGylBBQAJIH3qihAAAwIAAylBBQAF7bDHYwABnc983KcAAh4E")?.uniqueID == "AQADIH3qihAAA9ynAAI"
        )
    }

    private static let sources: [BotFileID.PhotoSource] = [
        .thumbnail(.photo, size: "x"), .thumbnail(.thumbnail, size: "a"),
        .profilePhoto(peer: -1_000_000_000_005, accessHash: 5, isBig: false),
        .profilePhoto(peer: 6, accessHash: 5, isBig: true),
        .stickerSet(id: 1, accessHash: -1, version: 7), .legacy(volume: 1, secret: 2, local: 3),
        .legacyProfilePhoto(peer: 1, accessHash: 2, isBig: true, volume: 3, local: 4),
        .legacyProfilePhoto(peer: 1, accessHash: 2, isBig: false, volume: 3, local: 4),
        .legacyStickerSet(id: 1, accessHash: 2, volume: 3, local: 4),
    ]

    @Test func everyFormSurvivesTheRoundTrip() {
        var ids = Self.sources.map { source in
            BotFileID(type: .photo, dataCenter: 2, location: .photo(id: 1, accessHash: 2, source: source))
        }
        ids.append(BotFileID(type: .document, dataCenter: 5, location: Self.document))
        ids.append(
            BotFileID(type: .audio, dataCenter: 0, location: .web(url: "https://example.com/a.mp3", accessHash: 9))
        )
        for id in ids {
            for count in [0, 1, 3, 253, 254, 255, 256, 1_000] {
                var referenced = id
                referenced.fileReference = [UInt8](repeating: 0, count: count)
                #expect(BotFileID(referenced.string) == referenced)
            }
        }
        // The small photo of a profile is the smallest size of a photo; the last three are the same place on a server.
        #expect(Set(ids.map(\.uniqueID)).count == ids.count - 3)
    }

    @Test func fileElsewhereHasNoDataCenter() {
        let location = BotFileID.Location.web(url: "u", accessHash: 9)
        // Type 9 with the flag of such files, data centre 0, an address of one letter, the hash.
        let text = Self.text([9, 0, 0, 1, 0, 0, 0, 0, 1, 0x75, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 54, 4])
        #expect(BotFileID(text) == BotFileID(type: .audio, dataCenter: 0, location: location))
        #expect(BotFileID(type: .audio, dataCenter: 4, location: location).string == text)
        // Of all others, somebody has to have the file.
        #expect(BotFileID(BotFileID(type: .audio, dataCenter: 0, location: Self.document).string) == nil)
    }

    @Test func everyShortenedTextIsRefused() throws {
        for source in Self.sources {
            let id = BotFileID(
                type: .photo,
                dataCenter: 2,
                location: .photo(id: -1, accessHash: -2, source: source),
                fileReference: [1, 2]
            )
            for count in 0..<id.string.count { #expect(BotFileID(String(id.string.prefix(count))) == nil) }
            #expect(BotFileID("A" + id.string) == nil)
        }
    }

    @Test func strangeTextsDoNotTrap() {
        var random = Numbers(3)
        let valid = Self.sources.map {
            BotFileID(type: .photo, dataCenter: 2, location: .photo(id: 1, accessHash: 2, source: $0)).string
        }
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ é")
        var understood = 0
        for round in 0..<30_000 {
            var text = Array(valid[round % valid.count])
            if round % 3 == 0 {
                text = (0..<Int.random(in: 0...120, using: &random)).map { _ in alphabet[0] } + Array("BA")
            }
            for _ in 0..<Int.random(in: 0...4, using: &random) where !text.isEmpty {
                text[Int.random(in: text.indices, using: &random)] = alphabet.randomElement(using: &random) ?? "A"
            }
            guard let id = BotFileID(String(text)) else { continue }
            understood += 1
            _ = (id.string, id.legacyString, id.uniqueID, id.inputFileLocation, id.inputMedia)
        }
        #expect(understood > 0)
        for text in ["", "A", "AA", "AAAA", "=", "Ag", "BA", "AgQ", "AAA", String(repeating: "A", count: 100_000)] {
            #expect(BotFileID(text) == nil)
        }
    }

    // MARK: - With the API

    private func document(_ attributes: [TL.DocumentAttribute]) throws -> TL.Document.Document {
        let document = TL.Document.document(
            id: 1,
            accessHash: 2,
            fileReference: [3],
            date: 0,
            mimeType: "",
            size: 1,
            dcID: 4,
            attributes: attributes
        )
        guard case .document(let payload) = document else { throw CancellationError() }
        return payload
    }

    @Test func kindComesFromTheAttributes() throws {
        let video = TL.DocumentAttribute.documentAttributeVideo(duration: 1, w: 1, h: 1)
        let round = TL.DocumentAttribute.documentAttributeVideo(roundMessage: true, duration: 1, w: 1, h: 1)
        let voice = TL.DocumentAttribute.documentAttributeAudio(voice: true, duration: 1)
        let sticker = TL.DocumentAttribute.documentAttributeSticker(alt: "", stickerset: .inputStickerSetEmpty)
        let cases: [([TL.DocumentAttribute], BotFileID.FileType)] = [
            ([], .document), ([.documentAttributeFilename(fileName: "a")], .document),
            ([.documentAttributeAudio(duration: 1)], .audio), ([voice], .voice), ([video], .video),
            ([round], .videoNote),
            ([video, .documentAttributeAnimated], .animation), ([video, sticker], .sticker),
            ([sticker, video], .sticker),
        ]
        for (attributes, type) in cases { #expect(BotFileID(document: try document(attributes)).type == type) }
    }

    @Test func documentCanBeSentAndDownloaded() throws {
        let id = BotFileID(document: try document([]))
        #expect(id.dataCenter == 4)
        #expect(
            try id.inputFileLocation?.encoded()
                == TL.InputFileLocation.inputDocumentFileLocation(
                    id: 1,
                    accessHash: 2,
                    fileReference: [3],
                    thumbSize: ""
                ).encoded()
        )
        #expect(
            try id.inputMedia?.encoded()
                == TL.InputMedia.inputMediaDocument(id: .inputDocument(id: 1, accessHash: 2, fileReference: [3]))
                .encoded()
        )
    }

    @Test func largestSizeOfAPhotoIsTaken() throws {
        let photo = TL.Photo.photo(
            id: 1,
            accessHash: 2,
            fileReference: [3],
            date: 0,
            sizes: [
                .photoStrippedSize(type: "i", bytes: [1]), .photoSize(type: "m", w: 1, h: 1, size: 10),
                .photoSizeProgressive(type: "y", w: 1, h: 1, sizes: [1, 30, 20]),
                .photoSize(type: "x", w: 1, h: 1, size: 20),
            ],
            dcID: 4
        )
        guard case .photo(let payload) = photo else { return }
        let id = try #require(BotFileID(photo: payload))
        #expect(id.location == .photo(id: 1, accessHash: 2, source: .thumbnail(.photo, size: "y")))
        #expect(
            try id.inputFileLocation?.encoded()
                == TL.InputFileLocation.inputPhotoFileLocation(
                    id: 1,
                    accessHash: 2,
                    fileReference: [3],
                    thumbSize: "y"
                ).encoded()
        )
        #expect(id.inputMedia != nil)
        guard
            case .photo(let empty) = TL.Photo.photo(
                id: 1,
                accessHash: 2,
                fileReference: [3],
                date: 0,
                sizes: [.photoStrippedSize(type: "i", bytes: [1])],
                dcID: 4
            )
        else { return }
        #expect(BotFileID(photo: empty) == nil)
    }

    @Test func otherPlacesCanBeDownloadedButNotSent() throws {
        let location = { (source: BotFileID.PhotoSource) in
            BotFileID(type: .profilePhoto, dataCenter: 1, location: .photo(id: 1, accessHash: 2, source: source))
        }
        let profile = location(.profilePhoto(peer: -1_000_000_000_005, accessHash: 6, isBig: true))
        #expect(
            try profile.inputFileLocation?.encoded()
                == TL.InputFileLocation.inputPeerPhotoFileLocation(
                    big: true,
                    peer: .inputPeerChannel(channelID: 5, accessHash: 6),
                    photoID: 1
                ).encoded()
        )
        #expect(profile.inputMedia == nil)
        #expect(location(.stickerSet(id: 1, accessHash: 2, version: 3)).inputFileLocation != nil)
        #expect(location(.legacyStickerSet(id: 1, accessHash: 2, volume: 1, local: 1)).inputFileLocation == nil)
        let web = BotFileID(type: .audio, dataCenter: 4, location: .web(url: "u", accessHash: 1))
        #expect(web.inputFileLocation == nil)
        #expect(web.inputWebFileLocation != nil)
        #expect(profile.inputWebFileLocation == nil)
    }

    private static func text(_ bytes: [UInt8]) -> String {
        var packed: [UInt8] = []
        var zeros: UInt8 = 0
        for byte in bytes {
            if byte == 0 {
                zeros += 1
                continue
            }
            if zeros > 0 { packed += [0, zeros] }
            zeros = 0
            packed.append(byte)
        }
        return Base64.encode(packed).filter { $0 != "=" }.map { $0 == "+" ? "-" : $0 == "/" ? "_" : "\($0)" }.joined()
    }
}
