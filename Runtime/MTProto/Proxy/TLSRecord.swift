/// The outer shape of TLS: what stands in the five bytes in front of each record (RFC 8446, section 5.1).
package enum TLSRecord {
    /// What a record carries.
    package enum ContentType: UInt8, Sendable {
        case changeCipherSpec = 0x14
        case alert = 0x15
        case handshake = 0x16
        case applicationData = 0x17
    }

    package static let headerLength = 5
    /// The most that may be put into a record.
    package static let maximumPayload = 1 << 14
    /// The most that a record may announce: encryption is allowed to add 256 bytes.
    package static let maximumLength = maximumPayload + 256
    /// A record that means nothing in TLS 1.3 and is sent by everybody, to look like an older version.
    package static let changeCipherSpec: [UInt8] = [ContentType.changeCipherSpec.rawValue, 3, 3, 0, 1, 1]

    package static func header(_ type: ContentType, length: Int) -> [UInt8] {
        [type.rawValue, 3, 3, UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length)]
    }

    /// The payload's length when a record of this type starts at a distance from the front of the queue; `nil` when its
    /// header has not come completely. What is there is judged at once.
    package static func payloadLength(
        of type: ContentType,
        minorVersion: UInt8 = 3,
        in input: ByteQueue,
        at offset: Int
    ) throws(MTProtoError) -> Int? {
        let expected: [UInt8] = [type.rawValue, 3, minorVersion]
        for (position, byte) in expected.enumerated() where input.count > offset + position {
            guard input[offset + position] == byte else {
                throw unexpected(firstByte: input[offset], expected: type)
            }
        }
        guard input.count >= offset + headerLength else { return nil }
        let length = Int(input[offset + 3]) << 8 | Int(input[offset + 4])
        guard length <= maximumLength else {
            throw MTProtoError(
                .malformedTransport,
                "a TLS record announces \(length) bytes, expected at most \(maximumLength)"
            )
        }
        return length
    }

    private static func unexpected(firstByte: UInt8, expected: ContentType) -> MTProtoError {
        if firstByte == ContentType.alert.rawValue {
            return MTProtoError(.malformedTransport, "the other side sent a TLS alert instead of a record of data")
        }
        return MTProtoError(
            .malformedTransport,
            "a TLS record of type \(firstByte) came, or one of another version, expected type \(expected.rawValue)"
        )
    }
}
