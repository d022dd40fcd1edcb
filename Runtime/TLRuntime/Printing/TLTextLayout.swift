/// Lists in lists of text, each on one line where that fits, otherwise an item a line.
///
/// Values come from outside and may be nested deeply, so neither building nor writing calls itself.
struct TLTextLayout {
    /// How wide a line may be before a list is spread over several.
    private static let lineLength = 100
    /// Deeper lists are not indented further, or the margins would outgrow everything else.
    private static let widestMargin = 40

    private enum Piece {
        case item(String)
        /// The start of a list: the name in front, the bracket, how wide the list is on one line, and its items.
        case open(label: String, bracket: String, width: Int, itemCount: Int)
        case close(String)
    }

    /// A list that is being built.
    private struct OpenList {
        let position: Int
        let label: String
        let bracket: String
        var width: Int
        var itemCount = 0
    }

    private var pieces: [Piece] = []
    private var openLists: [OpenList] = []

    // MARK: - Building

    /// Adds an item to the innermost list.
    mutating func add(_ text: String, name: String) {
        let item = Self.label(name) + text
        pieces.append(.item(item))
        count(item.utf8.count)
    }

    /// Starts a list, which is an item of the one around it.
    mutating func open(_ bracket: String, name: String) {
        let list = OpenList(
            position: pieces.count,
            label: Self.label(name),
            bracket: bracket,
            width: bracket.utf8.count
        )
        openLists.append(list)
        pieces.append(.open(label: list.label, bracket: bracket, width: 0, itemCount: 0))
    }

    /// Ends the innermost list.
    mutating func close(_ bracket: String) {
        pieces.append(.close(bracket))
        guard let list = openLists.popLast() else { return }
        let width = list.width + bracket.utf8.count
        pieces[list.position] = .open(
            label: list.label,
            bracket: list.bracket,
            width: width,
            itemCount: list.itemCount
        )
        count(list.label.utf8.count + width)
    }

    /// Makes the innermost list wider by an item and the comma in front of it.
    private mutating func count(_ width: Int) {
        guard let innermost = openLists.indices.last else { return }
        openLists[innermost].width += width + (openLists[innermost].itemCount > 0 ? 2 : 0)
        openLists[innermost].itemCount += 1
    }

    private static func label(_ name: String) -> String { name.isEmpty ? "" : name + ": " }

    // MARK: - Writing

    /// Everything that was added.
    var text: String {
        var text = ""
        /// The lists around the next piece: whether they are spread over lines, and whether an item was written
        /// already.
        var lists: [(isSpread: Bool, hasItems: Bool)] = []

        func startItem() {
            guard let innermost = lists.indices.last else { return }
            if lists[innermost].isSpread {
                text += "\n" + String(repeating: " ", count: Self.margin(lists.count))
            } else if lists[innermost].hasItems {
                text += ", "
            }
            lists[innermost].hasItems = true
        }

        for piece in pieces {
            switch piece {
            case .item(let item):
                startItem()
                text += item
            case .open(let label, let bracket, let width, let itemCount):
                startItem()
                let column = Self.margin(lists.count) + label.utf8.count
                let isInLine = lists.last.map { !$0.isSpread } ?? false
                lists.append((!isInLine && itemCount > 0 && column + width > Self.lineLength, false))
                text += label + bracket
            case .close(let bracket):
                let list = lists.popLast()
                if list?.isSpread == true { text += "\n" + String(repeating: " ", count: Self.margin(lists.count)) }
                text += bracket
            }
        }
        return text
    }

    /// The margin of what stands in so many lists, all of which are spread.
    private static func margin(_ depth: Int) -> Int { min(2 * depth, widestMargin) }
}
