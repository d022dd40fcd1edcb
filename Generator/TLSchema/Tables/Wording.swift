/// What a sentence of the tables has to be like, so that the reference reads as if one person had written it.
struct Wording {
    private static let wordLimits = 3...40
    /// Openings that say nothing: the sentence starts behind them.
    private static let fillers = [
        "this method is ", "this method allows ", "this constructor is ", "this type is ", "this object is ",
        "an object", "object ",
        "describes ", "represents ", "indicates ", "used to ", "is used to ", "contains info",
    ]

    private let schema: Schema
    private let errors: ErrorCatalog
    private let names: Set<String>

    init(schema: Schema, errors: ErrorCatalog) {
        self.schema = schema
        self.errors = errors
        var names: Set<String> = []
        for combinator in schema.constructors + schema.functions { names.insert(combinator.name.description) }
        for type in schema.types { names.insert(type.name.description) }
        self.names = names
    }

    /// What is wrong with a sentence; `nil` for a good one.
    func problem(of text: String) -> String? {
        guard text.hasSuffix(".") else { return "does not end with a full stop" }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.allSatisfy({ !$0.isEmpty }) else { return "has two spaces in a row, or one at an end" }
        guard Self.wordLimits.contains(words.count) else {
            return "has \(words.count) words, expected \(Self.wordLimits.lowerBound) to \(Self.wordLimits.upperBound)"
        }
        guard text.unicodeScalars.allSatisfy(\.isASCII) else { return "has characters beyond ASCII" }
        let lowercased = text.lowercased()
        if let filler = Self.fillers.first(where: { lowercased.hasPrefix($0) }) {
            return "starts with '\(filler.split(separator: " ").joined(separator: " "))', which says nothing"
        }
        return unknownName(in: text).map { "names '\($0)', which neither the schema nor the error table has" }
    }

    /// Names in back-ticks that look like those of a method, a type or an error, and are none. Other code, such as the
    /// name of a field or a value, is not looked at.
    private func unknownName(in text: String) -> String? {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        for code in stride(from: 1, to: parts.count, by: 2).map({ String(parts[$0]) }) {
            if code.contains("."), let name = qualifiedName(code) {
                guard names.contains(name.description) else { return code }
            } else if code.contains("_"), isErrorName(code), errors[code] == nil {
                return code
            }
        }
        return nil
    }

    private func isErrorName(_ text: String) -> Bool {
        let name = text.replacing("%d", with: "")
        return name.utf8.contains { (0x41...0x5A).contains($0) }
            && name.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }
}
