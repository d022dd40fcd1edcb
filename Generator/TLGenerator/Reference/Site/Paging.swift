/// Long lists on several pages, so that each stays small enough for a slow phone.
enum Paging {
    /// What the lists of a page may take, with room for the frame below the limit of 60 KB.
    private static let mostBytes = 50_000

    /// Items in order, page by page; at least one page.
    static func split<Item>(_ items: [Item], size: (Item) -> Int) -> [[Item]] {
        var pages: [[Item]] = [[]]
        var used = 0
        for item in items {
            let size = size(item)
            if used + size > mostBytes, !pages[pages.count - 1].isEmpty {
                pages.append([])
                used = 0
            }
            pages[pages.count - 1].append(item)
            used += size
        }
        return pages
    }
}
