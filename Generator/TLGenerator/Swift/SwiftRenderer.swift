/// Declarations to text: four spaces, 120 columns for comments, one blank line between members that have a body.
struct SwiftRenderer {
    private var text: [UInt8] = []
    private var indentation = 0
    private static let spaces = [UInt8](repeating: 0x20, count: 64)
    private static let lineLength = 120

    /// The whole file as UTF-8.
    static func render(_ file: SwiftFile) -> [UInt8] {
        var renderer = SwiftRenderer()
        renderer.text.reserveCapacity(file.declarations.count * 4096 + 1024)
        for line in file.header { renderer.line("// ", line) }
        for entry in file.imports {
            renderer.newline()
            renderer.line(entry.access, entry.access.isEmpty ? "import " : " import ", entry.module)
        }
        for declaration in file.declarations {
            renderer.newline()
            renderer.render(declaration)
        }
        return renderer.text
    }

    // MARK: - Declarations

    private mutating func render(_ declaration: Declaration) {
        switch declaration {
        case .type(let type): render(type)
        case .enumCase(let enumCase): render(enumCase)
        case .property(let property): render(property)
        case .function(let function): render(function)
        case .alias(let access, let name, let target):
            line(access, access.isEmpty ? "" : " ", "typealias ", name, " = ", target)
        }
    }

    private mutating func render(_ type: TypeDeclaration) {
        render(type.doc)
        startLine()
        if !type.access.isEmpty { append(type.access, " ") }
        append(type.kind.rawValue, " ", type.name, type.generics)
        for (index, conformance) in type.conformances.enumerated() { append(index == 0 ? ": " : ", ", conformance) }
        if type.members.isEmpty {
            append(" {}\n")
            return
        }
        append(" {\n")
        indentation += 1
        var previous: Declaration?
        for member in type.members {
            if let previous, needsSpace(between: previous, and: member) { newline() }
            render(member)
            previous = member
        }
        indentation -= 1
        line("}")
    }

    /// Runs of cases, of stored properties and of one-line properties stay together.
    private func needsSpace(between first: Declaration, and second: Declaration) -> Bool {
        switch (first, second) {
        case (.enumCase, .enumCase), (.alias, .property): return false
        case (.property(let first), .property(let second)): return first.isStored != second.isStored
        default: return true
        }
    }

    private mutating func render(_ enumCase: EnumCase) {
        render(enumCase.doc)
        startLine()
        append("case ", enumCase.name)
        if let payload = enumCase.payload { append("(", payload, ")") }
        append("\n")
    }

    private mutating func render(_ property: PropertyDeclaration) {
        render(property.doc)
        startLine()
        if !property.modifiers.isEmpty { append(property.modifiers, " ") }
        switch property.content {
        case .stored(let keyword):
            append(keyword, " ", property.name, ": ", property.type, "\n")
        case .constant(let value):
            append("let ", property.name, ": ", property.type, " = ", value, "\n")
        case .required:
            append("var ", property.name, ": ", property.type, " { get }\n")
        case .computed(let body):
            append("var ", property.name, ": ", property.type)
            renderBody(body, allowOneLine: true)
        }
    }

    private mutating func render(_ function: FunctionDeclaration) {
        render(function.doc)
        startLine()
        if !function.modifiers.isEmpty { append(function.modifiers, " ") }
        append(function.head, function.generics, "(")
        for (index, parameter) in function.parameters.enumerated() {
            if index > 0 { append(", ") }
            append(parameter.label)
            if let name = parameter.name { append(" ", name) }
            append(": ", parameter.type)
            if let value = parameter.defaultValue { append(" = ", value) }
        }
        append(")")
        if let throwing = function.throwing { append(" ", throwing) }
        if let result = function.result { append(" -> ", result) }
        renderBody(function.body, allowOneLine: false)
    }

    // MARK: - Statements

    private mutating func renderBody(_ body: [Statement], allowOneLine: Bool) {
        if body.isEmpty {
            append(" {}\n")
            return
        }
        if allowOneLine, body.count == 1, case .line(let only) = body[0] {
            append(" { ", only, " }\n")
            return
        }
        append(" {\n")
        indentation += 1
        for statement in body { render(statement) }
        indentation -= 1
        line("}")
    }

    private mutating func render(_ statement: Statement) {
        switch statement {
        case .line(let code):
            line(code)
        case .conditional(let condition, let body):
            startLine()
            append("if ", condition)
            renderBody(body, allowOneLine: true)
        case .choice(let subject, let branches):
            line("switch ", subject, " {")
            for branch in branches {
                line(branch.label, ":")
                indentation += 1
                for statement in branch.body { render(statement) }
                indentation -= 1
            }
            line("}")
        }
    }

    // MARK: - Comments

    private mutating func render(_ doc: DocComment) {
        for (index, paragraph) in doc.paragraphs.enumerated() {
            // List items such as `- Remark:` follow each other directly.
            if index > 0, !(paragraph.hasPrefix("- ") && doc.paragraphs[index - 1].hasPrefix("- ")) { line("///") }
            wrap(paragraph)
        }
    }

    private mutating func wrap(_ paragraph: String) {
        let continuation = paragraph.hasPrefix("- ") ? "///   " : "/// "
        var prefix = "/// "
        let limit = Self.lineLength - indentation * 4
        var pending: [UInt8] = []
        // Texts of the tables may contain line breaks, behind which a comment would end.
        for word in paragraph.utf8.split(whereSeparator: { $0 <= 0x20 }) {
            if !pending.isEmpty, prefix.utf8.count + pending.count + 1 + word.count > limit {
                startLine()
                append(prefix)
                text += pending
                append("\n")
                pending.removeAll(keepingCapacity: true)
                prefix = continuation
            }
            if !pending.isEmpty { pending.append(0x20) }
            pending += word
        }
        startLine()
        append(prefix)
        text += pending
        append("\n")
    }

    // MARK: - Text

    private mutating func startLine() {
        text += Self.spaces[0..<min(indentation * 4, Self.spaces.count)]
    }

    private mutating func newline() { text.append(0x0A) }

    private mutating func append(_ parts: String...) {
        for part in parts { text += part.utf8 }
    }

    private mutating func line(_ parts: String...) {
        startLine()
        for part in parts { text += part.utf8 }
        text.append(0x0A)
    }
}

extension PropertyDeclaration {
    fileprivate var isStored: Bool {
        if case .stored = content { true } else { false }
    }
}
