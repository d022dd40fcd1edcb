public import TLRuntime

extension RPCError {
    /// The typed error for an answer of the server.
    ///
    /// A name that is known gives its own class, with its number taken out of the name; an unknown one gives the family
    /// of its code; an unknown code gives `RPCError` itself. Code, name and number are kept in every case.
    ///
    /// ```swift
    /// let error = RPCError.make(code: 420, name: "FLOOD_WAIT_42", method: TL.messages.SendMessage.self)
    /// (error as? RPCError.FloodWait)?.seconds    // 42
    /// print(error)                               // FLOOD_WAIT_42 (420) from messages.sendMessage
    /// ```
    /// - Parameters:
    ///   - code: As it came; its sign does not matter.
    ///   - name: As it came, with its number.
    ///   - method: The request that failed, wrappers included.
    public static func make(code: Int, name: String, method: (any TLFunction.Type)? = nil) -> RPCError {
        TL.errorCatalog.error(code: code, name: name, path: method?.path ?? [])
    }
}
