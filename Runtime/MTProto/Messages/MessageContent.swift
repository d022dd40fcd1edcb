import MTProtoCrypto
import TLRuntime

/// What a message is, as far as the session is concerned; for both sides.
package enum MessageContent: Sendable, Hashable {
    /// Several messages in one.
    case container([ContainedMessage])
    /// `gzip_packed`: inflate it with ``inflate(_:limit:)``.
    case compressed
    /// The answer to the request with this identifier.
    case result(of: MessageID, ArraySlice<UInt8>)
    /// A message in another one.
    case copy(ContainedMessage)
    /// Anything else, by the number of its constructor.
    case object(UInt32)

    /// How many messages a container may have.
    package static let maximumContainerCount = 1024
    /// How many identifiers an acknowledgment or a question about states may list.
    package static let maximumIdentifierCount = 8192

    /// Looks at a message.
    ///
    /// - Throws: `securityCheckFailed` with the check `container` when the frame of a container or copy does not fit,
    ///   and `undecodableAnswer` when a result or the whole message is cut short.
    package static func parse(_ body: ArraySlice<UInt8>) throws(MTProtoError) -> MessageContent {
        guard body.count >= 4 else {
            throw MTProtoError(.undecodableAnswer, "a message has \(body.count) bytes, too few for a constructor")
        }
        switch body.constructor {
        case FramedConstructor.messageContainer:
            return .container(try messages(in: body.dropFirst(4)))
        case FramedConstructor.gzipPacked:
            return .compressed
        case FramedConstructor.rpcResult:
            guard let request: Int64 = body.integer(at: 4) else {
                throw MTProtoError(.undecodableAnswer, "a result has \(body.count) bytes, too few to name its request")
            }
            return .result(of: MessageID(request), body.dropFirst(12))
        case FramedConstructor.messageCopy:
            return .copy(try ContainedMessage.first(in: body.dropFirst(4)).0)
        case let other:
            return .object(other)
        }
    }

    private static func messages(in bytes: ArraySlice<UInt8>) throws(MTProtoError) -> [ContainedMessage] {
        let count = Int(bytes.integer(at: 0, as: Int32.self) ?? -1)
        guard (0...maximumContainerCount).contains(count) else {
            throw MTProtoError(
                .container,
                "a container announces \(count) messages, where up to \(maximumContainerCount) were expected"
            )
        }
        var rest = bytes.dropFirst(4)
        guard count <= rest.count / ContainedMessage.headerByteCount else {
            throw MTProtoError(.container, "a container announces \(count) messages in \(rest.count) bytes")
        }
        var messages: [ContainedMessage] = []
        messages.reserveCapacity(count)
        for _ in 0..<count {
            let message: ContainedMessage
            (message, rest) = try ContainedMessage.first(in: rest)
            messages.append(message)
        }
        return messages
    }

    /// The content of a `gzip_packed`, which starts with its constructor.
    ///
    /// - Throws: `securityCheckFailed` with the check `inflatedSize` when there is more than `limit` bytes of it, and
    ///   `undecodableAnswer` when it is damaged or compressed twice.
    package static func inflate(_ body: ArraySlice<UInt8>, limit: Int) throws(MTProtoError) -> [UInt8] {
        let packed = try body.withUnsafeBytes { buffer in
            Result { () throws(MTProtoError) in try packedRange(of: buffer) }
        }
        .get()
        let start = body.startIndex
        let content: [UInt8]
        do throws(CryptoError) {
            content = try Gzip.inflate(body[start + packed.lowerBound..<start + packed.upperBound], limit: limit)
        } catch {
            if error.code == .outputTooLarge {
                throw MTProtoError(.inflatedSize, "compressed content inflates to more than \(limit) bytes")
            }
            throw MTProtoError(.undecodableAnswer, "compressed content cannot be inflated: \(error.message)")
        }
        guard content[...].constructor != FramedConstructor.gzipPacked else {
            throw MTProtoError(.undecodableAnswer, "content is compressed twice, and once was expected")
        }
        return content
    }

    /// Where the bytes lie in a boxed `gzip_packed`.
    private static func packedRange(of buffer: UnsafeRawBufferPointer) throws(MTProtoError) -> Range<Int> {
        var reader = TLReader(buffer)
        reader.expect(FramedConstructor.gzipPacked, of: "Object")
        let content = reader.offset
        let bytes = reader.bytes()
        do throws(TLDecodingError) {
            try reader.finish()
        } catch {
            throw MTProtoError(.undecodableAnswer, "compressed content is cut short: \(error)")
        }
        let start = content + (bytes.count < 254 ? 1 : 4)
        return start..<start + bytes.count
    }

    /// A `gzip_packed` of these bytes, if that is shorter.
    package static func compressed(_ body: [UInt8]) -> [UInt8]? {
        let packed = Gzip.deflate(body)
        guard packed.count + 12 < body.count else { return nil }
        var writer = TLWriter(capacity: packed.count + 16)
        writer.word(FramedConstructor.gzipPacked)
        writer.bytes(packed)
        return try? writer.finish()
    }
}
