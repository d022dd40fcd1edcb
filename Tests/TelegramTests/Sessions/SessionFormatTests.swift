import MTProtoCrypto
import Testing

@testable import Telegram

@Suite struct SessionFormatTests {
    private func read(_ file: [UInt8]) throws -> SessionImage {
        _ = try SessionFormat.beginning(file, of: "me")
        return try SessionFormat.read(file, of: "me").image
    }

    @Test func rewrittenFileHasEverythingAndTheExpectedLength() throws {
        var image = SessionImage()
        for change in SessionContent.sample.sampleChanges { image.content.apply(change) }
        let peers = (1...20_000).map {
            StoredPeer(id: .channel($0), accessHash: $0, usernames: ["name\($0)"], name: "Channel \($0)")
        }
        image.make(.peers(PeerRows(peers)))
        let file = SessionFormat.file(image)
        let copy = try read(file)
        #expect(copy.content == .sample)
        #expect(copy.peers.count == 20_000)
        let same = peers.allSatisfy { copy.peers.peer($0.id) == $0 }
        #expect(same)
        #expect(abs(file.count - SessionFormat.byteCount(image)) < 1_000)
    }

    @Test func newerVersionIsRefused() throws {
        var head = Array(SessionFormat.head.prefix(8))
        head.append(littleEndian: UInt32(2))
        head.append(littleEndian: CRC32.checksum(head))
        let error = #expect(throws: SessionError.self) { try read(head) }
        #expect(error?.code == .unsupportedVersion)
        #expect(error?.message.contains("version 2") == true)
    }

    @Test func unknownRecordsAreRefused() throws {
        var file = SessionFormat.head
        SessionFormat.appendBlock(to: &file) { $0.append(200) }
        let error = #expect(throws: SessionError.self) { try read(file) }
        #expect(error?.code == .unsupportedVersion)
        #expect(error?.message.contains("kind 200") == true)
    }

    @Test func impossibleRecordsWithRightChecksumsAreRefused() throws {
        var row: [UInt8] = []
        PeerRow.append(StoredPeer.samples[0], to: &row)
        var records: [[UInt8]] = []
        for change in SessionContent.sample.sampleChanges {
            var record: [UInt8] = []
            SessionRecord.append(change, to: &record)
            records.append(record)
        }
        records.append([12] + row)
        for record in records {
            for count in 1..<record.count {
                var file = SessionFormat.head
                SessionFormat.appendBlock(to: &file) { $0 += record[..<count] }
                #expect(throws: SessionError.self) { try read(file) }
            }
        }
        for position in [0, 1, 2, 3, 4, 21] {
            var broken = row
            broken[position] = 0xFF
            var file = SessionFormat.head
            SessionFormat.appendBlock(to: &file) { $0 += [12] + broken }
            #expect(throws: SessionError.self) { try read(file) }
        }
    }

    /// The form on the disk is a promise: files of today are read by every later version.
    @Test func formIsPinned() throws {
        var file = SessionFormat.head
        SessionFormat.appendBlock(to: &file) { records in
            SessionRecord.append(.home(DataCenterAddress(id: 2, host: "a.b", port: 443)), to: &records)
            SessionRecord.append(.takeout(1), to: &records)
        }
        let pinned: [UInt8] = [
            0x89, 0x54, 0x47, 0x53, 0x45, 0x53, 0x53, 0x0A, 1, 0, 0, 0,
        ]
        #expect(Array(file.prefix(12)) == pinned)
        let block: [UInt8] = [21, 0, 0, 0]
        #expect(Array(file[16..<20]) == block)
        let records: [UInt8] = [1, 2, 0, 0, 0, 0xBB, 1, 3, 97, 46, 98, 6, 1, 0, 0, 0, 0, 0, 0, 0, 0x5A]
        #expect(Array(file[28...]) == records)
    }
}
