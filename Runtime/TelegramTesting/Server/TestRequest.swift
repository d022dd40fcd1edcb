import TLRuntime

/// What is known about the request that a handler is answering, besides its content: ``current``.
public struct TestRequest: Sendable {
    /// The request that the running handler is called for; `nil` elsewhere.
    @TaskLocal public static var current: TestRequest?

    /// The identifier of its message.
    public let messageID: Int64
    /// The name of the function, without wrappers.
    public let name: String
    /// The names of the functions around it, outermost first: `invokeWithLayer`, `initConnection`.
    public let wrappers: [String]
    /// The takeout session that it belongs to.
    public let takeoutID: Int64?
    /// The business connection that it is made for.
    public let businessConnectionID: String?

    init(_ request: UnwrappedRequest, messageID: Int64) {
        self.messageID = messageID
        name = request.name
        wrappers = request.context.wrappers
        takeoutID = request.context.takeoutID
        businessConnectionID = request.context.businessConnectionID
    }
}
