import TLRuntime

/// `tree#0000a001 label:string children:Vector<Tree> = Tree; leaf#0000a002 = Tree;`, written by hand in the form of
/// generated code: it can contain itself, so it counts levels.
enum Tree: TLCodable, Equatable {
    case leaf
    indirect case tree(label: String, children: [Tree])

    init(from reader: inout TLReader) {
        reader.descend()
        switch reader.word() {
        case 0xa001:
            let label = reader.string()
            self = .tree(label: label, children: reader.vector(of: Tree.self))
        case 0xa002:
            self = .leaf
        default:
            reader.failUnknownConstructor(expected: "Tree")
            self = .leaf
        }
        reader.ascend()
    }

    func encode(into writer: inout TLWriter) {
        switch self {
        case .leaf:
            writer.word(0xa002)
        case .tree(let label, let children):
            writer.word(0xa001)
            writer.string(label)
            writer.vector(children)
        }
    }

    /// A path of `levels` values, the last one a leaf.
    static func path(levels: Int) -> Tree {
        (1..<max(levels, 1)).reduce(.leaf) { inner, _ in .tree(label: "", children: [inner]) }
    }
}
