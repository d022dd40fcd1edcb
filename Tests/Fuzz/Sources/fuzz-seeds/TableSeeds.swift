import RepositorySchemas

/// Pieces of the tables beside the schema, each behind the byte that tells which table it is.
enum TableSeeds {
    private static let rowsInSeed = 6

    static func all() -> [[UInt8]] {
        errors() + rows(of: "methods.csv", kind: 1) + rows(of: "history.csv", kind: 2)
            + [[3] + RepositorySchemas.bytes(of: "names.json")] + rows(of: "types.csv", kind: 4)
    }

    private static func errors() -> [[UInt8]] {
        let members = lines(of: "errors.json").dropFirst().dropLast()
        return chunks(of: Array(members)).map { chunk in
            var rows = chunk.map { Array($0) }
            // The last member of an object has no comma.
            if let last = rows.popLast() { rows.append(last.last == UInt8(ascii: ",") ? last.dropLast() : last) }
            return [0] + Array("{\n".utf8) + rows.joined(separator: [0x0A]) + Array("\n}\n".utf8)
        }
    }

    private static func rows(of name: String, kind: UInt8) -> [[UInt8]] {
        let lines = lines(of: name)
        return chunks(of: Array(lines.dropFirst())).map { chunk in
            [kind] + (lines.prefix(1) + chunk).joined(separator: [0x0A]) + [0x0A]
        }
    }

    /// Every tenth run of lines: more of the same would teach the fuzzer nothing.
    private static func chunks(of lines: [ArraySlice<UInt8>]) -> [ArraySlice<ArraySlice<UInt8>>] {
        stride(from: 0, to: lines.count, by: rowsInSeed * 10).map { lines[$0...].prefix(rowsInSeed) }
    }

    private static func lines(of name: String) -> [ArraySlice<UInt8>] {
        RepositorySchemas.bytes(of: name).split(separator: 0x0A)
    }
}
