package import TLSchema

/// Schema names to Swift names, one function per position. Deterministic, and independent of other names: clashes are
/// found afterwards by ``NameConflicts``.
package struct SwiftNames: Sendable {
    /// The enum that holds everything.
    package let root: String
    private let typeOverrides: [String: String]
    private let fieldOverrides: [String: String]
    private let errorOverrides: [String: String]

    /// Words of snake-case names that keep their capitals, in the spelling of the middle of a name.
    private static let acronyms: [String: String] = [
        "id": "ID", "ids": "IDs", "url": "URL", "urls": "URLs", "html": "HTML", "dc": "DC", "dh": "DH",
    ]

    /// Names under `root`, with the overrides of `names.json`.
    package init(
        root: String,
        overrides: NameOverrides = NameOverrides()
    ) {
        func table(_ entries: [NameOverrides.SwiftName]) -> [String: String] {
            Dictionary(entries.map { ($0.subject, $0.name) }, uniquingKeysWith: { first, _ in first })
        }
        self.root = root
        typeOverrides = table(overrides.types)
        fieldOverrides = table(overrides.fields)
        errorOverrides = table(overrides.errors)
    }

    /// `messages` -> `messages`, `default` -> `` `default` ``: namespaces keep the case of the schema, since
    /// capitalised ones would clash with types (`TL.Updates`).
    package func namespace(_ name: String) -> String {
        ReservedWords.rootMembers.contains(name) ? name + "Namespace" : escaped(name)
    }

    /// `TL.messages`, or `TL` for the root namespace.
    package func scope(_ namespace: String?) -> String {
        guard let namespace else { return root }
        return "\(root).\(self.namespace(namespace))"
    }

    /// The last part of a type, a payload class or a function: `inputPeer` -> `InputPeer`.
    package func typeName(_ name: QualifiedName) -> String {
        escaped(typeOverrides[name.description] ?? pascalCase(name.name))
    }

    /// The whole path of a type: `TL.messages.Chats`.
    package func typePath(_ name: QualifiedName) -> String { "\(scope(name.namespace)).\(typeName(name))" }

    /// The case of a constructor: `messages.messagesSlice` -> `messagesSlice`.
    package func caseName(_ name: QualifiedName) -> String {
        if let override = typeOverrides[name.description] { return escaped(lowerCamel(override)) }
        // Constructors are in camel case already, but for the service schema, which uses underscores.
        guard name.name.utf8.contains(0x5F) else { return escaped(name.name) }
        return escaped(lowerCamel(pascalCase(name.name)))
    }

    /// What reads a wrapper function in a server: `invokeWithLayer` -> `invokeWithLayer`, `messages.invoke` ->
    /// `messagesInvoke`.
    package func wrapperDecoderName(_ name: QualifiedName) -> String {
        guard let namespace = name.namespace else { return caseName(name) }
        return escaped(lowerCamel(capitalized(Substring(namespace)) + unescaped(typeName(name))))
    }

    /// A field, without backticks: `user_id` -> `userID`, `self` -> `isSelf`. An override for the field of one
    /// constructor or function goes before one for all fields of that name.
    package func fieldName(_ name: String, of owner: QualifiedName) -> String {
        if !fieldOverrides.isEmpty, let override = fieldOverrides["\(owner).\(name)"] ?? fieldOverrides[name] {
            return ReservedWords.replacements[override] ?? override
        }
        let words = name.split(separator: "_", omittingEmptySubsequences: true)
        var result = ""
        for (index, word) in words.enumerated() {
            if index == 0 {
                result += lowerCamel(String(word))
            } else {
                result += Self.acronyms[String(word)] ?? capitalized(word)
            }
        }
        // Underscores alone stay as they are; a digit cannot come first.
        if result.isEmpty { result = name }
        if let first = result.utf8.first, Self.digits[first] != nil { result = "_" + result }
        return ReservedWords.replacements[result] ?? result
    }

    /// The label of an argument, for which nearly every keyword will do.
    package func label(_ fieldName: String) -> String {
        ReservedWords.notLabels.contains(fieldName) ? "`\(fieldName)`" : fieldName
    }

    /// A variable for a field in the body of a codec, where some names are taken.
    package func localName(_ fieldName: String) -> String {
        // No field's name ends with an underscore, so this one is free.
        ReservedWords.usedByCodecs.contains(fieldName) ? fieldName + "_" : escaped(fieldName)
    }

    /// The class of an error: `FLOOD_WAIT_%d` -> `FloodWait`.
    package func errorName(_ name: String) -> String {
        if let override = errorOverrides[name] { return escaped(override) }
        var result = ""
        for piece in Self.words(ofError: name) {
            var word = Substring(piece).lowercased()
            if let known = Self.errorWords[word] { word = known }
            result += capitalized(Substring(word))
        }
        if let first = result.utf8.first, let spelled = Self.digits[first] {
            result = spelled + capitalized(result.dropFirst())
        }
        return result.isEmpty ? "Numbered" : escaped(result)
    }

    /// What underscores and `%d` separate, without the unit that may be glued to a number: `WAIT_%dMIN` -> `WAIT`.
    private static func words(ofError name: String) -> [Substring.UTF8View] {
        name.utf8.split(separator: UInt8(ascii: "_")).flatMap { piece -> [Substring.UTF8View] in
            let parts = piece.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false)
            guard parts.count > 1 else { return [piece] }
            if parts[0].isEmpty { return [] }
            return [parts[0]] + parts.dropFirst().map { $0.dropFirst() }.filter { !$0.isEmpty }
        }
    }

    /// Words that the server writes together.
    private static let errorWords = ["firstname": "firstName", "lastname": "lastName", "slowmode": "slowMode"]

    /// An identifier cannot start with a digit.
    private static let digits: [UInt8: String] = [
        0x30: "Zero", 0x31: "One", 0x32: "Two", 0x33: "Three", 0x34: "Four", 0x35: "Five", 0x36: "Six", 0x37: "Seven",
        0x38: "Eight", 0x39: "Nine",
    ]

    /// With backticks where the grammar needs them.
    package func escaped(_ name: String) -> String {
        if let replacement = ReservedWords.replacements[name] { return replacement }
        return ReservedWords.escapable.contains(name) ? "`\(name)`" : name
    }

    /// Without backticks, for comments.
    package func unescaped(_ name: String) -> String { name.filter { $0 != "`" } }

    /// `p_q_inner_data` -> `PQInnerData`; camel case inside a word is kept.
    private func pascalCase(_ name: String) -> String {
        guard name.utf8.contains(0x5F) else { return capitalized(Substring(name)) }
        return name.split(separator: "_").map { Self.acronyms[String($0)] ?? capitalized($0) }.joined()
    }

    private func capitalized(_ word: Substring) -> String {
        guard let first = word.utf8.first, first >= 0x61, first <= 0x7A else { return String(word) }
        return String(UnicodeScalar(first - 32)) + word.dropFirst()
    }

    /// `InputPeer` -> `inputPeer`, `DHGenOk` -> `dhGenOk`, `URL` -> `url`: a leading run of capitals goes down but for
    /// its last one when a word follows it.
    private func lowerCamel(_ name: String) -> String {
        let bytes = Array(name.utf8)
        let run = bytes.prefix { $0 >= 0x41 && $0 <= 0x5A }.count
        guard run > 0 else { return name }
        let lowered = run == bytes.count || run == 1 ? run : run - 1
        return String(decoding: bytes.prefix(lowered).map { $0 + 32 } + bytes.dropFirst(lowered), as: UTF8.self)
    }
}
