/// Literals for scalar fields, by what the field is called. The first rule that fits counts.
enum ExampleScalars {
    private typealias Rule = (field: String, isSuffix: Bool, literal: String)

    static func int(_ field: String) -> String { literal(field, ints) ?? "1" }
    static func long(_ field: String) -> String { literal(field, longs) ?? "1" }
    static func double(_ field: String) -> String { literal(field, doubles) ?? "1.5" }
    static func string(_ field: String) -> String { literal(field, strings) ?? "\"example\"" }

    private static func literal(_ field: String, _ rules: [Rule]) -> String? {
        rules.first { $0.isSuffix ? field.hasSuffix($0.field) : field == $0.field }?.literal
    }

    private static let ints: [Rule] = [
        ("limit", false, "20"),
        ("dc_id", true, "2"),
        ("offset", true, "0"), ("offset_id", false, "0"), ("offset_date", false, "0"), ("offset_topic", false, "0"),
        ("max_id", true, "0"), ("min_id", true, "0"), ("max_date", false, "0"), ("min_date", false, "0"),
        ("add_offset", false, "0"), ("hash", false, "0"), ("offset_rate", false, "0"),
        // In seconds since 1970, some time to come.
        ("date", true, "1_800_000_000"), ("until", true, "1_800_000_000"), ("expires", true, "1_800_000_000"),
        ("period", true, "86_400"), ("ttl", true, "86_400"), ("duration", true, "30"),
        ("w", false, "640"), ("h", false, "480"), ("width", true, "640"), ("height", true, "480"),
        ("size", true, "1_024"),
        ("api_id", false, "12_345"), ("layer", false, "228"), ("pts", true, "1"), ("length", true, "5"),
        ("id", true, "42"), ("color", true, "0x3390EC"),
    ]

    private static let longs: [Rule] = [
        // What tells two requests apart has to differ each time.
        ("random_id", true, ".random(in: .min ... .max)"),
        ("hash", false, "0"), ("access_hash", true, "1_234_567_890"), ("hash", true, "0"), ("offset", true, "0"),
        ("max_id", true, "0"), ("user_id", true, "777_000"), ("size", true, "1_024"), ("amount", true, "100"),
        ("stars", true, "100"), ("id", true, "42"),
    ]

    private static let doubles: [Rule] = [
        ("lat", false, "41.9028"), ("long", false, "12.4964"), ("duration", true, "12.5"),
    ]

    private static let strings: [Rule] = [
        // A number of Telegram's test servers.
        ("phone_number", true, "\"+9996621234\""), ("phone", true, "\"+9996621234\""),
        ("phone_code", true, "\"22222\""), ("code", false, "\"22222\""),
        ("lang_code", true, "\"en\""), ("lang_pack", false, "\"tdesktop\""), ("lang", true, "\"en\""),
        ("country_iso2", false, "\"IT\""), ("currency", true, "\"EUR\""),
        ("first_name", true, "\"Ann\""), ("last_name", true, "\"Example\""), ("username", true, "\"example_name\""),
        ("email", true, "\"ann@example.org\""), ("url", true, "\"https://example.org\""),
        ("message", true, "\"Hello!\""), ("text", true, "\"Hello!\""), ("caption", true, "\"Hello!\""),
        ("title", true, "\"A title\""), ("short_name", true, "\"example_name\""),
        ("file_name", true, "\"picture.png\""),
        ("name", true, "\"Ann\""), ("about", true, "\"A few words.\""),
        ("description", true, "\"A few words.\""), ("q", false, "\"weather\""), ("query", true, "\"weather\""),
        ("offset", true, "\"\""), ("emoticon", true, "\"\\u{1F44D}\""), ("emoji", true, "\"\\u{1F44D}\""),
        ("mime_type", true, "\"image/png\""), ("api_hash", false, "\"0123456789abcdef\""),
        ("md5_checksum", false, "\"5eb63bbbe01eeed093cb22bb8f5acdc3\""), ("slug", true, "\"example\""),
        ("link", true, "\"https://t.me/example\""),
    ]
}
