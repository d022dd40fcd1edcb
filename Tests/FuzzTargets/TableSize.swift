/// How much the tables of a machine hold, whatever they are called.
enum TableSize {
    /// Entries of all collections that its properties are, and the properties of these.
    static func entries(in machine: Any) -> Int {
        let mirror = Mirror(reflecting: machine)
        switch mirror.displayStyle {
        case .collection, .dictionary, .set: return mirror.children.count
        case .struct, .tuple, .optional, .enum:
            return mirror.children.reduce(0) { $0 + entries(in: $1.value) }
        default: return 0
        }
    }
}
