/// A part of a page below its summary.
enum Block {
    /// A heading of the second level; its text is also its address within the page.
    case heading(String)
    /// A heading of the third level, with what leads there.
    case subheading(String, id: String)
    case paragraph([Inline])
    /// Lines of code, indented as given.
    case code(String, Language)
    /// Links close together, for many names.
    case names([Inline])
    /// Links in a row, to places further down or on the next pages.
    case jumps([Inline])
    /// An ordinary list.
    case list([[Inline]])
    /// Names with what there is to say about each.
    case terms([Term])
    /// Rows of cells below a row of titles.
    case table([String], [[[Inline]]])

    /// What the style sheet and the highlighter go by.
    enum Language {
        case swift
        case tl
        case wire
    }

    /// One name of ``terms(_:)``.
    struct Term {
        /// What leads here from elsewhere.
        var id: String?
        var head: [Inline]
        var words: [Inline] = []
    }
}
