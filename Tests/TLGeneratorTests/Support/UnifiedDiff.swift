/// The difference of two texts as `diff -u` shows it.
enum UnifiedDiff {
    private struct Line {
        let sign: Character
        let text: Substring
    }

    private static let context = 3

    /// Nothing when the texts are equal.
    static func text(from old: String, to new: String, name: String) -> String {
        let lines = lines(from: old, to: new)
        let changes = lines.indices.filter { lines[$0].sign != " " }
        guard let first = changes.first else { return "" }
        var hunks: [Range<Int>] = []
        var start = first
        var end = first
        for change in changes.dropFirst() {
            if change - end > 2 * context {
                hunks.append(start..<end + 1)
                start = change
            }
            end = change
        }
        hunks.append(start..<end + 1)
        var text = "--- \(name) (committed)\n+++ \(name) (generated)\n"
        for hunk in hunks {
            let range = max(0, hunk.lowerBound - context)..<min(lines.count, hunk.upperBound + context)
            let before = lines[..<range.lowerBound]
            let inside = lines[range]
            text += "@@ -\(before.count { $0.sign != "+" } + 1),\(inside.count { $0.sign != "+" }) "
            text += "+\(before.count { $0.sign != "-" } + 1),\(inside.count { $0.sign != "-" }) @@\n"
            for line in inside { text += "\(line.sign)\(line.text)\n" }
        }
        return text
    }

    /// All lines of both texts, with what happens to each.
    private static func lines(from old: String, to new: String) -> [Line] {
        let old = old.split(separator: "\n", omittingEmptySubsequences: false)
        let new = new.split(separator: "\n", omittingEmptySubsequences: false)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines: [Line] = []
        var oldIndex = 0
        var newIndex = 0
        while oldIndex < old.count || newIndex < new.count {
            if oldIndex < old.count, removed.contains(oldIndex) {
                lines.append(Line(sign: "-", text: old[oldIndex]))
                oldIndex += 1
            } else if newIndex < new.count, inserted.contains(newIndex) {
                lines.append(Line(sign: "+", text: new[newIndex]))
                newIndex += 1
            } else {
                lines.append(Line(sign: " ", text: old[oldIndex]))
                oldIndex += 1
                newIndex += 1
            }
        }
        return lines
    }
}
