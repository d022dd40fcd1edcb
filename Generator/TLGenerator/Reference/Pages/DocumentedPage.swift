/// A page and the examples on it.
struct DocumentedPage {
    var page: Page
    var examples: [Example] = []
}
