import TLSchema

/// The schemas that the repository itself is generated from, loaded once for all tests.
enum RepositorySchemas {
    /// The API; `nil` if it has an error, which other tests report.
    static let api = load("api.tl")
    /// The service messages.
    static let mtproto = load("mtproto.tl")

    private static func load(_ name: String) -> Schema? {
        (try? SchemaFiles.repository(name)).flatMap { Schema.load([$0]).value }
    }
}

/// Findings as lines, for comparison with what was expected.
func lines(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map(\.description)
}
