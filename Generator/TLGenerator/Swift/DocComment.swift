/// A documentation comment: paragraphs that the renderer wraps.
struct DocComment {
    /// In order; an empty list gives no comment.
    var paragraphs: [String] = []

    init(_ paragraphs: [String] = []) { self.paragraphs = paragraphs.filter { !$0.isEmpty } }
    init(_ paragraph: String) { self.init([paragraph]) }
}
