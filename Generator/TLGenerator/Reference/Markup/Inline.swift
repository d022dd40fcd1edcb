/// A piece of a line.
indirect enum Inline {
    /// As it stands.
    case text(String)
    /// A name or an expression.
    case code(String)
    /// A name that leads somewhere; `nil` for a place that this site lacks.
    case codeLink(String, PageAddress?)
    /// Words that lead somewhere.
    case link(String, PageAddress)
    /// A page outside of this site, by its whole address.
    case external(String, url: String)
    /// Something small and set apart: a code, "optional".
    case mark(String)
}

extension [Inline] {
    /// `a, b and c`
    static func enumeration(_ items: [Inline], conjunction: String = "and") -> [Inline] {
        var result: [Inline] = []
        for (index, item) in items.enumerated() {
            if index > 0 { result.append(.text(index == items.count - 1 ? " \(conjunction) " : ", ")) }
            result.append(item)
        }
        return result
    }
}
