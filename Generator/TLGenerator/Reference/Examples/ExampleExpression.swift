/// A Swift expression of an example: a literal, or a call with arguments that fits a line or is broken into several.
struct ExampleExpression {
    struct Argument {
        var label: String
        var value: ExampleExpression
    }

    private enum Form {
        case literal
        case call([Argument])
        case list([ExampleExpression])
    }

    private let head: String
    private let form: Form

    /// An expression that is never broken.
    init(_ literal: String) {
        head = literal
        form = .literal
    }

    /// `head(label: value, ...)`
    init(head: String, arguments: [Argument]) {
        self.head = head
        form = .call(arguments)
    }

    private init(head: String, form: Form) {
        self.head = head
        self.form = form
    }

    /// `[element]`
    static func list(of element: ExampleExpression) -> ExampleExpression {
        ExampleExpression(head: "", form: .list([element]))
    }

    private static let width = 80

    /// The text, of which the first line starts at `column` and the others are indented by `indentation` spaces.
    func text(column: Int = 0, indentation: Int = 0) -> String {
        let line = self.line
        guard column + line.utf8.count > Self.width else { return line }
        let inner = String(repeating: " ", count: indentation + 4)
        let outer = String(repeating: " ", count: indentation)
        switch form {
        case .literal:
            return line
        case .call(let arguments):
            guard !arguments.isEmpty else { return line }
            let lines = arguments.map { argument in
                let start = "\(inner)\(argument.label): "
                return start + argument.value.text(column: start.utf8.count, indentation: indentation + 4)
            }
            return "\(head)(\n\(lines.joined(separator: ",\n"))\n\(outer))"
        case .list(let elements):
            let lines = elements.map { inner + $0.text(column: indentation + 4, indentation: indentation + 4) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(outer)]"
        }
    }

    private var line: String {
        switch form {
        case .literal: head
        case .call(let arguments):
            "\(head)(\(arguments.map { "\($0.label): \($0.value.line)" }.joined(separator: ", ")))"
        case .list(let elements): "[\(elements.map(\.line).joined(separator: ", "))]"
        }
    }
}
