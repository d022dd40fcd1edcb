/// An error that the server answered a request with.
///
/// The set of errors is open: each known name has a class of its own nested in `RPCError`, below the family class of
/// its usual code, and a name nobody has seen yet arrives as its family. Catch as narrowly or as widely as you like:
///
/// ```swift
/// do {
///     try await client(request)
/// } catch let error as RPCError.FloodWait {
///     try await Task.sleep(for: error.duration)
/// } catch is RPCError.SessionPasswordNeeded {
///     askForPassword()
/// } catch let error as RPCError.BadRequest {
///     print("the request was wrong:", error)
/// } catch let error as RPCError where error.name == "A_BRAND_NEW_NAME" {
///     print(error.value ?? 0)
/// }
/// ```
///
/// See <https://core.telegram.org/api/errors>.
// Unchecked because a class that others inherit from cannot be checked. It holds only `let`s of Sendable types, and the
// generated subclasses add no stored property.
open class RPCError: Error, @unchecked Sendable, CustomStringConvertible {
    /// The code as it came on the wire, negative ones made positive: 400, 420, ...
    ///
    /// Some names occur under several codes, so it may differ from the code of the family.
    public let code: Int
    /// The name as the server sent it, with its number: `FLOOD_WAIT_42`.
    public let name: String
    /// The number in the name, 42 in `FLOOD_WAIT_42`; known names give it a better name, such as `seconds`.
    public let value: Int?
    /// The requests that led to the error: wrappers such as `invokeWithLayer` first, the method that failed last. Empty
    /// when the error belongs to no request.
    public let path: [String]

    /// The method that failed, `messages.sendMessage`, without the wrappers around it.
    public var method: String? { path.last }

    /// What the error means and what helps, in a sentence; `nil` for names that nobody has described yet.
    public let explanation: String?

    /// Creates an error as it came from the server, with a code of any sign; ``RPCErrorCatalog`` picks the class for a
    /// name.
    public required init(code: Int, name: String, value: Int? = nil, path: [String] = [], explanation: String? = nil) {
        // The magnitude of Int.min is no Int; clamping keeps a hostile code from trapping.
        self.code = Int(clamping: code.magnitude)
        self.name = name
        self.value = value
        self.path = path
        self.explanation = explanation
    }

    /// `USERNAME_OCCUPIED (400) from account.updateUsername: this username is taken`.
    public final var description: String {
        var text = "\(name) (\(code))"
        if let method = path.last {
            text += " from "
            for wrapper in path.dropLast() { text += "\(wrapper)(" }
            text += method + String(repeating: ")", count: path.count - 1)
        }
        if let explanation { text += ": \(explanation)" }
        return text
    }
}
