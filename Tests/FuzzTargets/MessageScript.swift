import MTProto
import MTProtoCrypto

/// Builds bodies of messages as an input says: sound ones with chosen parts, damaged ones, nested ones.
struct MessageScript {
    /// Identifiers that a body can refer to.
    var subjects: [MessageID]
    /// Identifiers of messages that a container can have, from the identifier of the container down.
    var outer: MessageID
    /// The lowest bits of identifiers: those of a client's or a server's.
    var side: MessageSide

    private static let deepest = 4
    private static let errorNames = [
        "FLOOD_WAIT_3", "CONNECTION_NOT_INITED", "CONNECTION_LAYER_INVALID", "MSG_WAIT_FAILED", "MSG_WAIT_TIMEOUT", "",
    ]

    mutating func body(from reader: inout InputReader, depth: Int = 0) -> [UInt8] {
        let operation = reader.byte()
        var bytes: [UInt8] = []
        switch operation % 24 {
        case 0: return reader.words()
        case 1:
            bytes.append(littleEndian: 0xf35c_6d01 as UInt32)
            append(subject(&reader), &bytes)
            bytes +=
                depth < Self.deepest && operation & 128 != 0 ? body(from: &reader, depth: depth + 1) : reader.words()
        case 2:
            bytes.append(littleEndian: 0xf35c_6d01 as UInt32)
            append(subject(&reader), &bytes)
            bytes.append(littleEndian: 0x2144_ca19 as UInt32)
            bytes.append(littleEndian: Int32(400))
            let name = Self.errorNames[reader.byte() % Self.errorNames.count]
            append(Array(name.utf8), &bytes)
        case 3:
            let content = depth < Self.deepest ? body(from: &reader, depth: depth + 1) : reader.words()
            bytes.append(littleEndian: 0x3072_cfa1 as UInt32)
            append(Gzip.deflate(content), &bytes)
        case 4: appendContainer(from: &reader, depth: depth, &bytes)
        case 5:
            bytes.append(littleEndian: 0xe060_46b2 as UInt32)
            appendContained(from: &reader, depth: depth + 1, &bytes)
        case 6, 7:
            bytes.append(littleEndian: operation % 24 == 6 ? 0xa7ef_f811 : 0xedab_447b as UInt32)
            append(subject(&reader), &bytes)
            bytes.append(littleEndian: Int32(reader.byte()))
            bytes.append(littleEndian: Int32(reader.byte()))
            if operation % 24 == 7 { bytes.append(littleEndian: reader.number(Int64.self)) }
        case 8:
            bytes.append(littleEndian: 0x9ec2_0908 as UInt32)
            append(subject(&reader), &bytes)
            bytes.append(littleEndian: Int64(reader.byte()))
            bytes.append(littleEndian: Int64(reader.byte()))
        case 9...12:
            let number: [UInt32] = [0x62d6_b459, 0xda69_fb52, 0x7d86_1a08, 0x8cc0_d131]
            bytes.append(littleEndian: number[operation % 24 - 9])
            appendSubjects(from: &reader, &bytes)
            if operation % 24 == 12 { append(reader.bytes(reader.byte()), &bytes) }
        case 13:
            bytes.append(littleEndian: 0x04de_b57d as UInt32)
            append(subject(&reader), &bytes)
            append(reader.bytes(reader.byte()), &bytes)
        case 14:
            bytes.append(littleEndian: 0x3477_73c5 as UInt32)
            append(subject(&reader), &bytes)
            bytes.append(littleEndian: reader.number(Int64.self))
        case 15:
            bytes.append(littleEndian: 0xae50_0895 as UInt32)
            append(subject(&reader), &bytes)
            bytes.append(littleEndian: Int32(1_700_000_000))
            let count = reader.byte() % 80
            bytes.append(littleEndian: Int32(count))
            for index in 0..<count {
                bytes.append(littleEndian: Int32(1_700_000_000 + 1_800 * index) &+ reader.number(Int16.self).wide)
                bytes.append(littleEndian: Int32(1_700_003_600 + 1_800 * index))
                bytes.append(littleEndian: Int64(index + 1))
            }
        case 16:
            bytes.append(littleEndian: 0x276d_3ec6 as UInt32)
            append(subject(&reader), &bytes)
            append(subject(&reader), &bytes)
            bytes.append(littleEndian: reader.number(Int64.self))
        case 17:
            bytes.append(littleEndian: 0x809d_b6df as UInt32)
            append(subject(&reader), &bytes)
            bytes.append(littleEndian: reader.number(Int64.self))
        case 18, 19, 20:
            let number: [UInt32] = [0xe220_45fc, 0x62d3_50c9, 0x7abe_77ec]
            bytes.append(littleEndian: number[operation % 24 - 18])
            append(subject(&reader), &bytes)
        case 21:
            let number: [UInt32] = [0xf660_e1d4, 0x0a9f_2259, 0xea10_9b13, 0xd143_5160]
            bytes.append(littleEndian: number[reader.byte() & 3])
        case 22:
            // What only clients send: questions of every kind.
            let number: [UInt32] = [0xb921_bd04, 0xf3427b8c, 0x58e4_a740, 0xe751_2126, 0x9299_359f]
            bytes.append(littleEndian: number[reader.byte() % 5])
            append(subject(&reader), &bytes)
            bytes += reader.words()
        default:
            let whole = depth < Self.deepest ? body(from: &reader, depth: depth + 1) : []
            bytes = whole
            if !bytes.isEmpty { bytes[reader.byte() % bytes.count] ^= UInt8(reader.byte()) }
            bytes.removeLast(min(bytes.count, 4 * (reader.byte() & 3)))
        }
        return bytes
    }

    // MARK: - Parts

    private func subject(_ reader: inout InputReader) -> MessageID {
        let index = reader.byte()
        if index == 255 { return MessageID(reader.number(Int64.self)) }
        guard !subjects.isEmpty else { return outer }
        return subjects[subjects.count - 1 - index % subjects.count]
    }

    private mutating func appendContainer(from reader: inout InputReader, depth: Int, _ bytes: inout [UInt8]) {
        let count = reader.byte()
        bytes.append(littleEndian: 0x73f1_f8dc as UInt32)
        // Mostly it is told right.
        bytes.append(littleEndian: count & 128 == 0 ? Int32(count % 8) : reader.number(Int32.self))
        for _ in 0..<count % 8 { appendContained(from: &reader, depth: depth + 1, &bytes) }
    }

    private mutating func appendContained(from reader: inout InputReader, depth: Int, _ bytes: inout [UInt8]) {
        let header = reader.byte()
        let content = depth < Self.deepest ? body(from: &reader, depth: depth + 1) : reader.words()
        let id = outer.rawValue - 4 * (Int64(header) - 8)
        bytes.append(littleEndian: header & 64 == 0 ? id : id | 2)
        bytes.append(littleEndian: Int32(reader.byte()))
        bytes.append(littleEndian: header & 32 == 0 ? Int32(content.count) : reader.number(Int16.self).wide)
        bytes += content
    }

    private func appendSubjects(from reader: inout InputReader, _ bytes: inout [UInt8]) {
        let count = reader.byte() % 16
        bytes.append(littleEndian: 0x1cb5_c415 as UInt32)
        bytes.append(littleEndian: Int32(count))
        for _ in 0..<count { append(subject(&reader), &bytes) }
    }

    private func append(_ id: MessageID, _ bytes: inout [UInt8]) { bytes.append(littleEndian: id.rawValue) }

    /// A TL string.
    private func append(_ content: [UInt8], _ bytes: inout [UInt8]) {
        let start = bytes.count
        if content.count < 254 {
            bytes.append(UInt8(content.count))
        } else {
            bytes.append(littleEndian: UInt32(content.count) << 8 | 254)
        }
        bytes += content
        bytes += [UInt8](repeating: 0, count: -(bytes.count - start) & 3)
    }
}

extension Int16 {
    fileprivate var wide: Int32 { Int32(self) }
}
