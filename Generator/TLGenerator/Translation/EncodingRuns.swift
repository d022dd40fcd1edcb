import TLSchema

/// Collects encoding statements, and puts one `reserve` in front of each run of writes whose size is known.
struct EncodingRuns {
    private var done: [Statement] = []
    private var run: [Statement] = []
    private var runSize = 0

    /// Adds a write of at most `size` bytes, or of unknown size with `nil`; `preparation` computes what is written.
    mutating func append(size: Int?, _ write: Statement, preparation: [Statement] = []) {
        guard let size else {
            flush()
            done += preparation + [write]
            return
        }
        run += preparation + [write]
        runSize += size
    }

    /// All statements in order.
    var statements: [Statement] {
        var copy = self
        copy.flush()
        return copy.done
    }

    private mutating func flush() {
        guard !run.isEmpty else { return }
        done += [.line("writer.reserve(\(runSize))")] + run
        run = []
        runSize = 0
    }
}

extension TypeReference {
    /// How many bytes every value of the type takes; `nil` when that depends on the value.
    var fixedSize: Int? {
        switch self {
        case .int, .bool: 4
        case .long, .double: 8
        case .int128: 16
        case .int256: 32
        default: nil
        }
    }
}
