/// One schema file exactly as written: declarations in their order, and what its comments tell programs.
///
/// Nothing is looked up or checked across declarations here; ``Schema/load(_:options:)`` does that.
public struct SchemaSyntax: Sendable, Hashable {
    /// The path of the source.
    public let path: String
    /// The comment `// LAYER n`, if there is one.
    public internal(set) var layer: LayerDirective?
    /// The names listed in `// Their number is not the CRC32 of the line: a, b (reason).`, in order.
    public internal(set) var knownNumbers: [KnownNumber] = []
    /// Constructors and functions of all sections, declarations of built-in types included, in the order of the file.
    ///
    /// A declaration with a mistake in its syntax is missing here; the diagnostics say which.
    public internal(set) var declarations: [DeclarationSyntax] = []

    /// What declarations with a syntax error were going to declare, so that the references to them are not called
    /// unknown on top of the real mistake.
    var unreadableNames: Set<QualifiedName> = []

    init(path: String) {
        self.path = path
    }

    /// Parses one file. The syntax is there even if some declarations could not be read.
    ///
    /// Reading goes on behind a mistake, at the next `;` or at the next line that starts a declaration, so one run
    /// shows many mistakes; it stops after 100. No input makes it crash, and the work is linear in the size.
    public static func parse(_ source: SchemaSource) -> (syntax: SchemaSyntax, diagnostics: [Diagnostic]) {
        var findings = Findings()
        let syntax = parse(source, findings: &findings)
        return (syntax, findings.finish(order: [source.path]))
    }

    static func parse(_ source: SchemaSource, findings: inout Findings) -> SchemaSyntax {
        guard SourceInspection.accepts(source, findings: &findings) else { return SchemaSyntax(path: source.path) }
        var parser = Parser(source)
        return parser.parse(findings: &findings)
    }
}
