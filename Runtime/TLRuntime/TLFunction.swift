/// Who may call a method.
///
/// What Telegram documents, for readers and reference pages. Nothing is refused locally because of it: the server
/// decides.
public enum TLAvailability: String, Sendable, Hashable {
    /// Only somebody signed in with a phone number.
    case user
    /// Only a bot.
    case bot
    /// Both.
    case both
}

/// A request: a value that is sent, and whose answer has a known type.
public protocol TLFunction: Sendable {
    /// What the server answers.
    associatedtype Response: TLCodable

    /// The number that stands first on the wire.
    static var id: UInt32 { get }
    /// The name in the schema, `messages.sendMessage`.
    static var name: String { get }
    /// Who may call it.
    static var usableBy: TLAvailability { get }
    /// Errors that this method is known to answer with. Others can come at any time.
    static var knownErrors: [RPCError.Type] { get }

    /// Appends the number and the fields. Problems are remembered by the writer and thrown by ``encoded()``.
    func encode(into writer: inout TLWriter)
}

/// A function around another one, such as `invokeWithLayer`: its answer is the answer of the inner one.
public protocol TLWrapperFunction: TLFunction {
    /// The inner function.
    associatedtype Query: TLFunction
}

extension TLFunction {
    /// The bytes of this request: its number, then its fields.
    /// - Throws: ``TLEncodingError`` when fields that go together are only half present, or a field is too long.
    public func encoded() throws(TLEncodingError) -> [UInt8] {
        var writer = TLWriter(capacity: TLWriter.usualCapacity)
        encode(into: &writer)
        return try writer.finish()
    }

    /// The names of this function and of the functions it wraps, outermost first.
    public static var path: [String] {
        guard let wrapper = Self.self as? any TLWrapperFunction.Type else { return [name] }
        return [name] + wrapper.queryPath
    }
}

extension TLWrapperFunction {
    fileprivate static var queryPath: [String] { Query.path }
}
