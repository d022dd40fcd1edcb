import TLSchema

/// What the language itself has: scalars, `Bool`, lists, and their numbers on the wire.
struct BuiltInPage {
    /// One entry of the page.
    struct Row {
        /// As the schema spells the type.
        let name: String
        let swift: String
        let words: String
        /// What else leads here: constructors, numbers on the wire.
        var aliases: [String] = []
    }

    static let rows: [Row] = [
        Row(name: "int", swift: "Int32", words: "A whole number of 32 bits, four bytes with the lowest first."),
        Row(
            name: "long",
            swift: "Int64",
            words:
                "A whole number of 64 bits, eight bytes with the lowest first. Ids of users and access hashes are such."
        ),
        Row(name: "double", swift: "Double", words: "A floating-point number of 64 bits."),
        Row(name: "int128", swift: "TLInt128", words: "Sixteen bytes that nobody calculates with."),
        Row(name: "int256", swift: "TLInt256", words: "Thirty-two bytes that nobody calculates with."),
        Row(name: "string", swift: "String", words: "Text in UTF-8 behind its length, padded to four bytes."),
        Row(name: "bytes", swift: "[UInt8]", words: "Any bytes, written like a string."),
        Row(
            name: "Bool",
            swift: "Bool",
            words: "Yes or no as a value of its own: boolTrue#997275b5 or boolFalse#bc799737.",
            aliases: ["boolTrue", "997275b5", "boolFalse", "bc799737"]
        ),
        Row(
            name: "True",
            swift: "Bool",
            words: "A field that is nothing but one bit of a flags word, false unless set. Elsewhere it is the value "
                + "true#3fedd339 without fields.",
            aliases: ["true", "3fedd339"]
        ),
        Row(
            name: "Null",
            swift: "Optional",
            words: "The value null#56730bcc stands for nothing. Optional fields do not use it: they are left out.",
            aliases: ["null", "56730bcc"]
        ),
        Row(
            name: "Vector",
            swift: "Array",
            words:
                "A list: the number vector#1cb5c415, a count, and the elements. Written vector, in small letters, "
                + "the list goes without its number.",
            aliases: ["vector", "1cb5c415"]
        ),
        Row(
            name: "flags",
            swift: "",
            words:
                "A word of 32 bits that tells which optional fields follow. Swift does not show it: "
                + "fields are optional instead."
        ),
    ]

    /// Where the page tells about a type or a constructor, if it does.
    static func address(of name: String) -> PageAddress? {
        rows.first { $0.name == name || $0.aliases.contains(name) }.map { PageAddress.builtIn.at($0.name) }
    }

    func make() -> DocumentedPage {
        var page = Page(
            address: .builtIn,
            part: .types,
            title: "Built-in types",
            kind: "TL",
            trail: [("Types", .index(of: .type))],
            summary: [
                .text("What the schema language itself has, how it is written on the wire, and what it is in Swift.")
            ]
        )
        page.blocks = [
            .terms(
                Self.rows.map { row in
                    let head: [Inline] = [.code(row.name)] + (row.swift.isEmpty ? [] : [.text(" "), .code(row.swift)])
                    return Block.Term(id: row.name, head: head, words: [.text(row.words)])
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
