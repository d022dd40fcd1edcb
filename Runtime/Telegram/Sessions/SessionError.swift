/// What can go wrong with a session: another client has it, or it cannot be read or written.
public struct SessionError: Error, Sendable, Hashable {
    /// The cause, to decide by.
    public let code: Code
    /// One sentence: what happened, to which session, and what helps.
    public let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension SessionError {
    /// Causes. More may come, so keep a `default` when you switch over them.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the cause.
        public let description: String

        /// Another client, in this process or another one, has the session. Two clients with the same key would be
        /// signed out by the server.
        public static let inUse = Code(description: "inUse")
        /// The content is damaged; the message names the place.
        public static let corrupted = Code(description: "corrupted")
        /// The file is not a session, or another library's.
        public static let foreignFile = Code(description: "foreignFile")
        /// A newer version of this library has written it.
        public static let unsupportedVersion = Code(description: "unsupportedVersion")
        /// The text is not a string session.
        public static let invalidString = Code(description: "invalidString")
        /// The session holds a login already, and was to take over another one.
        public static let notEmpty = Code(description: "notEmpty")
        /// The system refused: no such folder, no permission, disk full.
        public static let io = Code(description: "io")
        /// The session has not been opened yet, or has been closed.
        public static let notOpen = Code(description: "notOpen")
    }
}

extension SessionError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}

extension SessionError {
    static var notOpen: SessionError {
        SessionError(.notOpen, "the session is not open: call 'open()' before anything else")
    }

    static var holdsAnotherLogin: SessionError {
        SessionError(
            .notEmpty,
            "the session holds another login already, which the import would destroy; "
                + "import into a new session, or call 'delete()' on this one first"
        )
    }

    static var openedTwice: SessionError {
        SessionError(.inUse, "the session is open already: give every client a session of its own")
    }
}
