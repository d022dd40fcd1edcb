import TLSchema

/// What the language itself has: scalars, `Bool`, lists, and their numbers on the wire.
struct BuiltInPage {
    /// Something built in that has a number of its own.
    struct Numbered {
        let name: String
        let number: UInt32
        /// Where the page tells about it.
        let id: String
    }

    static let numbered: [Numbered] = [
        Numbered(name: "vector", number: 0x1CB5_C415, id: "Vector"),
        Numbered(name: "boolTrue", number: 0x9972_75B5, id: "Bool"),
        Numbered(name: "boolFalse", number: 0xBC79_9737, id: "Bool"),
        Numbered(name: "true", number: 0x3FED_D339, id: "true"),
        Numbered(name: "null", number: 0x5673_0BCC, id: "null"),
    ]

    private static let rows: [(id: String, swift: String, words: String)] = [
        ("int", "Int32", "A whole number of 32 bits, four bytes with the lowest first."),
        ("long", "Int64", "A whole number of 64 bits, eight bytes with the lowest first. Ids of users and access hashes are such."),
        ("double", "Double", "A floating-point number of 64 bits."),
        ("int128", "TLInt128", "Sixteen bytes that nobody calculates with."),
        ("int256", "TLInt256", "Thirty-two bytes that nobody calculates with."),
        ("string", "String", "Text in UTF-8 behind its length, padded to four bytes."),
        ("bytes", "[UInt8]", "Any bytes, written like a string."),
        ("Bool", "Bool", "Yes or no as a value of its own: boolTrue#997275b5 or boolFalse#bc799737."),
        (
            "true", "Bool", "A field that is nothing but one bit of a flags word, false unless set. Elsewhere it is the "
                + "value true#3fedd339 without fields."
        ),
        ("null", "Optional", "The value null#56730bcc stands for nothing. Optional fields do not use it: they are left out."),
        (
            "Vector", "Array", "A list: the number vector#1cb5c415, a count, and the elements. Written vector, in small "
                + "letters, the list goes without its number, and elements of a constructor's name without theirs."
        ),
        ("flags", "", "A word of 32 bits that tells which optional fields follow. Swift does not show it: fields are optional instead."),
    ]

    func make() -> DocumentedPage {
        var page = Page(
            address: .builtIn,
            part: .types,
            title: "Built-in types",
            kind: "TL",
            trail: [("Types", .index(of: .type))],
            summary: [.text("What the schema language itself has, how it is written on the wire, and what it is in Swift.")]
        )
        page.blocks = [
            .terms(
                Self.rows.map { row in
                    let head: [Inline] = [.code(row.id)] + (row.swift.isEmpty ? [] : [.text(" "), .code(row.swift)])
                    return Block.Term(id: row.id, head: head, words: [.text(row.words)])
                }
            ),
            .paragraph([
                .external("The TL language", url: "https://core.telegram.org/mtproto/TL"), .text(" and "),
                .external("its serialization", url: "https://core.telegram.org/mtproto/serialize"),
                .text(" are described by Telegram."),
            ]),
        ]
        return DocumentedPage(page: page)
    }
}
