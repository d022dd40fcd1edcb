import MTProto

/// Takes `msg_container` and `msg_copy` apart, as a server does: all or nothing.
enum IncomingContainer {
    /// The messages of a container; `nil` when it breaks a rule, which makes the whole of it void: bad code 64.
    static func messages(of container: IncomingMessage) -> [IncomingMessage]? {
        guard case .container(let messages)? = try? MessageContent.parse(container.body) else { return nil }
        // A container in a container is void, and a message cannot be newer than what it came in. Frames may end early
        // only where the content does.
        let isSound = messages.allSatisfy { message in
            message.id < container.id && message.body.count >= 4
                && message.body.constructor != FramedConstructor.messageContainer
        }
        guard isSound, byteCount(of: messages) == container.body.count else { return nil }
        return messages.map { container.with($0) }
    }

    /// The message in a `msg_copy`; `nil` when it breaks a rule.
    static func original(of copy: IncomingMessage) -> IncomingMessage? {
        guard case .copy(let message)? = try? MessageContent.parse(copy.body), message.id < copy.id,
            ![FramedConstructor.messageContainer, FramedConstructor.messageCopy].contains(message.body.constructor)
        else { return nil }
        return copy.with(message)
    }

    private static func byteCount(of messages: [ContainedMessage]) -> Int {
        messages.reduce(8) { $0 + ContainedMessage.headerByteCount + $1.body.count }
    }
}

extension IncomingMessage {
    /// A message that came in this one.
    fileprivate func with(_ message: ContainedMessage) -> IncomingMessage {
        IncomingMessage(salt: salt, id: message.id, sequenceNumber: message.sequenceNumber, body: message.body)
    }
}
