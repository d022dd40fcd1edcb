/// Holds numbers against the text of their lines and against each other.
struct NumberCheck {
    /// Names that may have another number than the CRC32 of their line.
    let knownNumbers: Set<QualifiedName>

    private var owners: [UInt32: DeclarationSyntax] = [:]
    private var differing: Set<QualifiedName> = []
    private var declared: Set<QualifiedName> = []

    init(knownNumbers: Set<QualifiedName>) {
        self.knownNumbers = knownNumbers
    }

    /// The number of a declaration: the written one, else the CRC32 of its canonical line.
    mutating func number(of declaration: DeclarationSyntax, line: String, findings: inout Findings) -> UInt32 {
        let name = declaration.name
        let computed = CanonicalLine.number(of: line)
        let number = declaration.number ?? computed
        let location = declaration.numberLocation ?? declaration.location
        if knownNumbers.contains(name) {
            declared.insert(name)
            if number != computed { differing.insert(name) }
        } else if number != computed {
            findings.error(
                "number of '\(name)' is \(hexNumber(number)), but the CRC32 of its line is \(hexNumber(computed)): "
                    + "'\(abbreviated(line))'; correct the line or the number, or list the name as a known number",
                at: location
            )
        }
        guard let owner = owners[number] else {
            owners[number] = declaration
            return number
        }
        if !isSecondForm(declaration, of: owner) {
            findings.error(
                "number \(hexNumber(number)) of '\(name)' belongs to '\(owner.name)' already; "
                    + "expected a number of its own",
                at: location,
                notes: [.note("'\(owner.name)' is declared here", at: owner.location)]
            )
        }
        return number
    }

    /// Some clients describe a wrapper a second time without the query inside of it (`invokeWithReCaptchaPrefix`), and
    /// both forms share a number. Only functions that are listed as known may do that.
    private func isSecondForm(_ declaration: DeclarationSyntax, of owner: DeclarationSyntax) -> Bool {
        declaration.kind == .function && owner.kind == .function
            && knownNumbers.contains(declaration.name) != knownNumbers.contains(owner.name)
    }

    /// Warns about names that a file lists without need: a list that is not kept tidy hides mistakes.
    func reportSuperfluous(
        _ listed: [KnownNumber],
        unreadable: Set<QualifiedName>,
        findings: inout Findings
    ) {
        for entry in listed where !findings.isFull {
            if differing.contains(entry.name) || unreadable.contains(entry.name) { continue }
            let reason = declared.contains(entry.name) ? "its number is the CRC32 of its line" : "it is not declared"
            findings.warning(
                "'\(entry.name)' is listed as a known number, but \(reason); remove it from the list",
                at: entry.location
            )
        }
    }

    /// The longest lines of real schemas have some 3000 bytes; garbage may have millions.
    private func abbreviated(_ line: String) -> String {
        let limit = 4096
        return line.utf8.count <= limit ? line : excerpt(ArraySlice(line.utf8.prefix(limit)))
    }
}
