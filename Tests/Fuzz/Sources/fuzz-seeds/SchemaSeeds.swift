import RepositorySchemas
import TLSchema

/// Small schemas: those that can be loaded are parts of the API with all they refer to.
enum SchemaSeeds {
    private static let mostLines = 12
    private static let longest = 2048

    static func all() -> [[UInt8]] {
        let file = RepositorySchemas.bytes(of: "api.tl")
        let lines = file.split(separator: 0x0A, omittingEmptySubsequences: false)
        let schema = RepositorySchemas.load("api.tl")
        let parts = (schema.constructors + schema.functions).compactMap { closure(of: $0, in: schema) }
        let texts = Set(parts.map { text($0, lines: lines) }.filter { $0.count <= longest })
        let sorted = texts.sorted { $0.lexicographicallyPrecedes($1) }
        // Neighbours are much alike: a quarter of them teaches as much.
        let some = stride(from: 0, to: sorted.count, by: 4).map { sorted[$0] }
        return some + [RepositorySchemas.bytes(of: "mtproto.tl"), Array(features.utf8)]
    }

    /// Every feature of the language.
    private static let features = """
        // LAYER 7
        // Their number is not the CRC32 of the line: odd (for a reason).
        vector#1cb5c415 {t:Type} # [ t ] = Vector t; int ? = Int; boolTrue#997275b5 = Bool;
        odd#12 = Odd; /* a
        comment */ ns.node flags:# left:ns.Tree right:%Odd more:flags.0?Vector<vector<int>> last:flags.31?true = ns.Tree;
        leaf = ns.Tree;
        ---functions---
        wrap {X:Type} a:(Vector leaf) b:bytes query:!X = X; ask who:# x:who.3?long = Vector<Bool>;
        ---types---
        late a:int128 b:int256 c:double = Late;
        """

    /// The combinator and everything it refers to, or `nil` when that is much.
    private static func closure(of start: Combinator, in schema: Schema) -> [Combinator]? {
        var found = [start]
        var open = [start]
        while let next = open.popLast() {
            let types = next.fields.compactMap(\.type) + [next.result]
            for name in types.compactMap(typeName) {
                // Bare references name a constructor.
                let type =
                    schema.type(named: name)
                    ?? schema.types.first { $0.constructors.contains { $0.name == name } }
                for constructor in type?.constructors ?? [] where !found.contains(constructor) {
                    guard found.count < mostLines else { return nil }
                    found.append(constructor)
                    open.append(constructor)
                }
            }
        }
        return found
    }

    private static func typeName(_ type: TypeReference) -> QualifiedName? {
        switch type {
        case .boxed(let name), .bare(let name): name
        case .vector(let element, _): typeName(element)
        case .int, .long, .double, .int128, .int256, .string, .bytes, .bool, .generic: nil
        }
    }

    private static func text(_ part: [Combinator], lines: [ArraySlice<UInt8>]) -> [UInt8] {
        var text: [UInt8] = []
        for kind in [Combinator.Kind.constructor, .function] {
            if kind == .function { text += Array("---functions---\n".utf8) }
            for combinator in part where combinator.kind == kind {
                text += lines[combinator.location.line - 1] + [0x0A]
            }
        }
        return text
    }
}
