internal import MTProtoCrypto

/// The form of session files: a head, then blocks, each the changes of one call, which are made all or not at all.
///
/// | Bytes | Head | | Bytes | Block |
/// |---|---|---|---|---|
/// | 8 | `\x89TGSESS\n` | | 4 | length of the records and the mark |
/// | 4 | version | | 4 | CRC32 of the length and of the block's place in the file (8 bytes) |
/// | 4 | CRC32 of the twelve above | | 4 | CRC32 of the records and the mark |
/// | | | | ... | records, see ``SessionRecord`` |
/// | | | | 1 | mark: `Z` |
///
/// Blocks are only ever appended, so a process or a machine that stops all of a sudden leaves an incomplete last block,
/// or one whose end reads as zeros: that is cut off. The length has a checksum of its own, because a wrong one would
/// make everything behind it look like such an end. The mark makes sure that no whole block ends in zeros.
enum SessionFormat {
    static let version: UInt32 = 1
    static let headByteCount = 16
    private static let magic: [UInt8] = [0x89] + Array("TGSESS\n".utf8)
    private static let blockHeadByteCount = 12
    private static let mark = UInt8(ascii: "Z")
    /// Files are written in pieces of at least this size, on whatever disk.
    private static let sectorByteCount = 512
    /// A block of a rewritten file ends when it has reached this size.
    private static let rewrittenBlockByteCount = 1 << 18

    // MARK: - Writing

    static var head: [UInt8] {
        var bytes = magic
        bytes.append(littleEndian: version)
        bytes.append(littleEndian: CRC32.checksum(bytes))
        return bytes
    }

    /// Appends a block to `file`, whose first byte is at `origin` of the real one. `body` appends records.
    static func appendBlock(to file: inout [UInt8], origin: Int = 0, _ body: (inout [UInt8]) -> Void) {
        let start = file.count
        file.append(contentsOf: repeatElement(0, count: blockHeadByteCount))
        body(&file)
        file.append(mark)
        let length = UInt32(truncatingIfNeeded: file.count - start - blockHeadByteCount)
        var head: [UInt8] = []
        head.append(littleEndian: length)
        head.append(littleEndian: lengthChecksum(length, at: origin + start))
        head.append(littleEndian: CRC32.checksum(file[(start + blockHeadByteCount)...]))
        file.replaceSubrange(start..<(start + blockHeadByteCount), with: head)
    }

    /// A whole file with nothing but what counts.
    static func file(_ image: SessionImage) -> [UInt8] {
        var file = head
        file.reserveCapacity(byteCount(image))
        let changes = image.content.changes
        if !changes.isEmpty {
            appendBlock(to: &file) { file in
                for change in changes { SessionRecord.append(change, to: &file) }
            }
        }
        var records: [UInt8] = []
        func flush() {
            guard !records.isEmpty else { return }
            appendBlock(to: &file) { $0 += records }
            records.removeAll(keepingCapacity: true)
        }
        image.peers.forEachRow { row in
            SessionRecord.append(peer: row, to: &records)
            if records.count >= rewrittenBlockByteCount { flush() }
        }
        flush()
        return file
    }

    /// About the length of that file.
    static func byteCount(_ image: SessionImage) -> Int {
        let content = image.content
        let keys = content.authKeys.values.reduce(0) { $0 + $1.count + 8 }
        return 256 + keys + content.channelStates.count * 13 + image.peers.count + image.peers.liveByteCount
    }

    // MARK: - Reading

    /// What a file begins with.
    enum Beginning {
        /// Nothing, or a part of the head: it has just been created.
        case nothing
        case session
    }

    static func beginning(_ bytes: [UInt8], of path: String) throws(SessionError) -> Beginning {
        let start = bytes.prefix(headByteCount)
        if start.count < headByteCount, head.starts(with: start) || start.allSatisfy({ $0 == 0 }) { return .nothing }
        guard start.starts(with: magic) else { throw foreign(start, path) }
        guard start.count == headByteCount, CRC32.checksum(start.prefix(12)) == integer(start.suffix(4)) else {
            throw corrupted(path, at: 0, "its head is damaged")
        }
        let found = integer(start.dropFirst(8).prefix(4))
        guard found == version else { throw newer(path, "it has version \(found), and \(version) is the newest known") }
        return .session
    }

    /// Reads the blocks of a file that begins well. `end` is where the last whole block ends; what comes after it is to
    /// be cut off.
    static func read(_ file: [UInt8], of path: String) throws(SessionError) -> (image: SessionImage, end: Int) {
        var image = SessionImage()
        var position = headByteCount
        while let block = try block(of: file, at: position, path) {
            let failure = file.withUnsafeBytes { bytes in
                SessionRecord.replay(UnsafeRawBufferPointer(rebasing: bytes[block]), into: &image)
            }
            switch failure {
            case nil: break
            case .malformed: throw corrupted(path, at: position, "a record has impossible content")
            case .unknownKind(let kind): throw newer(path, "it has records of the unknown kind \(kind)")
            }
            // With the mark.
            position = block.upperBound + 1
        }
        return (image, position)
    }

    /// Where the records of a block are; `nil` at the end.
    private static func block(
        of file: [UInt8],
        at position: Int,
        _ path: String
    ) throws(SessionError) -> Range<Int>? {
        let start = position + blockHeadByteCount
        guard start <= file.count else { return nil }
        let length = integer(file[position..<(position + 4)])
        guard lengthChecksum(length, at: position) == integer(file[(position + 4)..<(position + 8)]) else {
            if isUnwritten(file, from: position) { return nil }
            throw corrupted(path, at: position, "the length of a block has another checksum")
        }
        let end = start + Int(length)
        guard end <= file.count else { return nil }
        guard CRC32.checksum(file[start..<end]) == integer(file[(position + 8)..<(position + 12)]) else {
            if isUnwritten(file, from: position) { return nil }
            throw corrupted(path, at: position, "a block has another checksum")
        }
        guard length > 0, file[end - 1] == mark else { throw corrupted(path, at: position, "a block has no end mark") }
        return start..<(end - 1)
    }

    /// Whether the file ends in zeros, from `position` on or from the border of a sector: so it looks after a power
    /// failure, when its new length had been kept and the content had not.
    private static func isUnwritten(_ file: [UInt8], from position: Int) -> Bool {
        let zeros = file.reversed().prefix { $0 == 0 }.count
        let start = file.count - zeros
        if start <= position { return zeros > 0 }
        return (start + sectorByteCount - 1) / sectorByteCount * sectorByteCount < file.count
    }

    /// The place is in it, too, so that a block that has come to another one is found.
    private static func lengthChecksum(_ length: UInt32, at position: Int) -> UInt32 {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: length)
        bytes.append(littleEndian: UInt64(position))
        return CRC32.checksum(bytes)
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    // MARK: - Errors

    private static func corrupted(_ path: String, at offset: Int, _ reason: String) -> SessionError {
        SessionError(
            .corrupted,
            "'\(path)' is damaged at byte \(offset): \(reason); restore a copy, or delete the file and sign in again"
        )
    }

    private static func newer(_ path: String, _ reason: String) -> SessionError {
        SessionError(
            .unsupportedVersion,
            "'\(path)' has been written by a newer version of this library: \(reason); update the library"
        )
    }

    private static func foreign(_ start: ArraySlice<UInt8>, _ path: String) -> SessionError {
        guard start.starts(with: "SQLite format 3".utf8) else {
            return SessionError(.foreignFile, "'\(path)' is not a session: choose another path, or delete the file")
        }
        return SessionError(
            .foreignFile,
            "'\(path)' is an SQLite database, as other libraries keep sessions in: let that library export a string "
                + "session ('StringSession.save' in Telethon), and give the text to 'StringSession', from which "
                + "'importContent(of:)' takes it into a file"
        )
    }
}
