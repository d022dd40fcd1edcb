/// The layout of a schema file as the importer writes it.
struct NormalisedSchema {
    private let constructors: [Entry]
    private let functions: [Entry]
    private let layer: Int?
    private let notes: [String]
    private let reasons: [QualifiedName: String?]

    init(declarations: [DeclarationSyntax], layer: Int?, notes: [String], reasons: [QualifiedName: String?]) {
        // Scalars and `vector` are part of the language; their declarations tell nothing.
        let entries = declarations.filter { $0.builtInBody == nil }.map(Entry.init)
        constructors = entries.filter { $0.declaration.kind == .constructor }.sorted { $0.order < $1.order }
        functions = entries.filter { $0.declaration.kind == .function }.sorted { $0.order < $1.order }
        self.layer = layer
        self.notes = notes
        self.reasons = reasons
    }

    /// The whole file, with a line feed at its end.
    var text: String {
        var text = head
        append(constructors, to: &text)
        if !functions.isEmpty {
            text += "\n---functions---\n"
            append(functions, to: &text)
        }
        if let layer { text += "\n// LAYER \(layer)\n" }
        return text
    }

    private var head: String {
        let types = Set(constructors.map(\.declaration.result.description)).count
        let title = layer.map { "Telegram API, layer \($0)" } ?? "TL schema"
        var lines = ["// \(title): \(constructors.count) constructors of \(types) types, \(functions.count) methods."]
        lines.append("// Ordered by namespace and result type. Constructor numbers carry eight hex digits.")
        lines += notes
        let listed = (constructors + functions).filter { !$0.hasComputedNumber }.map { entry in
            let name = entry.declaration.name
            guard let reason = reasons[name] ?? nil else { return name.description }
            return "\(name) (\(reason))"
        }
        if !listed.isEmpty {
            lines.append("// Their number is not the CRC32 of the line: \(listed.joined(separator: ", ")).")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func append(_ entries: [Entry], to text: inout String) {
        var namespace: String??
        for entry in entries {
            let own = entry.declaration.name.namespace
            if namespace != .some(own) {
                text += "\n// \(own ?? "root namespace")\n"
                namespace = .some(own)
            }
            text += entry.line + "\n"
        }
    }
}

extension NormalisedSchema {
    /// A declaration with what it is ordered by.
    private struct Entry {
        let declaration: DeclarationSyntax
        let order: Order
        /// The line in its usual spelling, always with a number.
        let line: String
        /// Whether the number is the CRC32 of the line.
        let hasComputedNumber: Bool

        init(_ declaration: DeclarationSyntax) {
            let computed = CanonicalLine.number(of: CanonicalLine.text(of: declaration))
            let numbered = DeclarationSyntax(
                kind: declaration.kind,
                name: declaration.name,
                location: declaration.location,
                number: declaration.number ?? computed,
                numberLocation: declaration.numberLocation,
                typeParameters: declaration.typeParameters,
                fields: declaration.fields,
                result: declaration.result
            )
            self.declaration = numbered
            line = numbered.description
            order = Order(declaration)
            hasComputedNumber = numbered.number == computed
        }
    }

    /// Namespace, then for constructors the type, then the name; capitals count as small letters, so that
    /// `inputChatPhoto` and `inputChatlist` stand where one looks for them.
    private struct Order: Comparable {
        private let keys: [[UInt8]]

        init(_ declaration: DeclarationSyntax) {
            let name = declaration.name
            let type = declaration.kind == .constructor ? declaration.result.description : ""
            let folded = [name.namespace ?? "", type, name.name].map { $0.utf8.map(Self.smallLetter) }
            // The names as they are, so that two which differ in capitals alone have an order too.
            keys = folded + [Array(type.utf8), Array(name.name.utf8)]
        }

        static func < (left: Order, right: Order) -> Bool {
            for (leftKey, rightKey) in zip(left.keys, right.keys) where leftKey != rightKey {
                return leftKey.lexicographicallyPrecedes(rightKey)
            }
            return false
        }

        private static func smallLetter(_ byte: UInt8) -> UInt8 {
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        }
    }
}
