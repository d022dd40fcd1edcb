import TLSchema

/// Which page is about what.
///
/// Files are named like the things they are about. Names that differ in capitals alone get a number, since not every
/// file system tells them apart; `%d` becomes `X`, which needs no escape in an address.
struct SiteMap {
    private let files: [PageAddress.Kind: [String: String]]
    private let byCode: [String: PageAddress]

    init(schema: Schema, errors: ErrorCatalog?, namespaces: [String?]) {
        var files: [PageAddress.Kind: [String: String]] = [:]
        files[.method] = Self.files(schema.functions.map { "\($0.name)" })
        files[.constructor] = Self.files(schema.constructors.map { "\($0.name)" })
        files[.type] = Self.files(schema.types.map { "\($0.name)" })
        files[.namespace] = Self.files(namespaces.map { $0 ?? "" })
        files[.error] = Self.files(errors?.definitions.map(\.name) ?? [])
        self.files = files

        // What is called first is found first: where two things share a name, a sentence more likely means the method.
        var byCode: [String: PageAddress] = [:]
        for kind in [PageAddress.Kind.method, .type, .constructor, .error] {
            for (name, file) in files[kind] ?? [:] where byCode[name] == nil {
                byCode[name] = PageAddress(folder: kind.rawValue, file: file)
            }
        }
        self.byCode = byCode
    }

    /// The page about a method, a type, a constructor or an error, whichever has that name.
    subscript(name: String) -> PageAddress? { byCode[name] }

    /// The page of something that the schema or the tables have.
    subscript(kind: PageAddress.Kind, name: String) -> PageAddress? {
        files[kind]?[name].map { PageAddress(folder: kind.rawValue, file: $0) }
    }

    /// The page of something whose name is already one of the schema.
    func address(_ kind: PageAddress.Kind, _ name: String) -> PageAddress {
        self[kind, name] ?? .index(of: kind)
    }

    /// The page of a family of errors.
    func family(_ name: String) -> PageAddress {
        PageAddress(folder: PageAddress.Kind.family.rawValue, file: "\(name).html")
    }

    /// The page of the errors whose number means the same.
    func unit(_ unit: ErrorUnit) -> PageAddress { family("by-\(unit.rawValue)") }

    private static func files(_ names: [String]) -> [String: String] {
        var taken: Set<String> = ["index", "built-in"]
        var result: [String: String] = [:]
        for name in names where result[name] == nil {
            let usual = name.isEmpty ? "root" : replacingPlaceholders(name)
            var file = usual
            var number = 2
            while !taken.insert(file.lowercased()).inserted {
                file = "\(usual)_\(number)"
                number += 1
            }
            result[name] = file + ".html"
        }
        return result
    }

    private static func replacingPlaceholders(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "%")) else { return name }
        return name.split(separator: "%d", omittingEmptySubsequences: false).joined(separator: "X")
    }
}
