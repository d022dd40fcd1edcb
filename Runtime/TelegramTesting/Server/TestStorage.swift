import MTProtoCrypto

/// Values of any types, one of each, kept beside a session or a key: what a server made of handlers knows about a
/// client.
///
/// ```swift
/// struct Basket: Sendable { var items: [String] = [] }
/// session.storage.update(default: Basket()) { $0.items.append("tea") }
/// ```
/// All of it is safe to use from any task.
public final class TestStorage: Sendable {
    private let values = Locked<[ObjectIdentifier: any Sendable]>([:])

    init() {}

    /// The value of a type, if there is one.
    public subscript<Value: Sendable>(type: Value.Type) -> Value? {
        get { values.withLock { $0[ObjectIdentifier(type)] as? Value } }
        set { values.withLock { $0[ObjectIdentifier(type)] = newValue } }
    }

    /// Changes the value of a type in one step, starting from `default` when there is none.
    ///
    /// Nobody else can read or change the storage meanwhile, so `body` must not touch it either.
    @discardableResult
    public func update<Value: Sendable, Result: Sendable>(
        default: @autoclosure () -> Value,
        _ body: (inout Value) throws -> Result
    ) rethrows -> Result {
        try values.withLock { values in
            var value = values[ObjectIdentifier(Value.self)] as? Value ?? `default`()
            defer { values[ObjectIdentifier(Value.self)] = value }
            return try body(&value)
        }
    }

    /// Forgets everything.
    public func removeAll() { values.withLock { $0.removeAll() } }
}
