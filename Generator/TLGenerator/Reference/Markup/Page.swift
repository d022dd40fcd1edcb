/// One page of the reference, before it is text.
struct Page {
    /// Which of the links on top is the page's own.
    enum Part {
        case start
        case methods
        case constructors
        case types
        case errors
        case layers
    }

    var address: PageAddress
    var part: Part
    /// The name at the top of the page, and the first word of the window's title.
    var title: String
    /// What kind of thing it is, in a word or two.
    var kind: String
    /// The way back: pages above this one, the outermost first.
    var trail: [(title: String, address: PageAddress)] = []
    /// Short facts in a line below the title.
    var facts: [Inline] = []
    /// What it is, in a sentence or two.
    var summary: [Inline] = []
    var blocks: [Block] = []
}
