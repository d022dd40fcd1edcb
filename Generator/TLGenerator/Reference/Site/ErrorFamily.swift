/// A code of the protocol with its class, as the runtime has them.
struct ErrorFamily {
    /// `nil` for errors whose code has no class of its own.
    let code: Int?
    /// The last part of the class's name.
    let name: String
    /// What an error of this family means, and what to do.
    let words: String

    var className: String { code == nil ? name : "RPCError.\(name)" }
    var codeText: String { code.map { "code \($0)" } ?? "other codes" }

    /// In the order of the codes. The names are those of ``ErrorTranslator/families``.
    static let all: [ErrorFamily] =
        ErrorTranslator.families.sorted { $0.key < $1.key }.map { code, name in
            ErrorFamily(code: code, name: name, words: words[code] ?? "")
        } + [ErrorFamily(code: nil, name: "RPCError", words: "Codes that have no family of their own.")]

    private static let words = [
        303: "The request belongs to another data center, and the number in the name says which. Repeat it there.",
        400:
            "The request is wrong: one of its fields, or the state of what it refers to. Repeating it changes nothing.",
        401: "The session is not signed in, or no longer is. Sign in, or supply the password that is asked for.",
        403: "Privacy settings or missing rights forbid the request. It stays so until the rights change.",
        404: "What was called does not exist, such as a method of another layer.",
        406: "The account or the session is in a state that the official apps explain to their users by other means.",
        420: "The request came too often. Most names carry the time to wait, after which it may be repeated.",
        500: "The server failed at something that is not your fault. Repeating the request after a moment often helps.",
        503: "The server did not finish in time. Repeating the request after a moment often helps.",
    ]
}
