import TLSchema

/// What the search box looks through, as a script: a page opened from a disk may load a script, but no data.
struct SearchIndex {
    let reference: Reference

    /// The whole file as UTF-8: a call of `telegramIndex` with one array for each entry: kind, name, file if it is not
    /// the name's own, other names separated by spaces, sentence.
    var bytes: [UInt8] {
        var text = "telegramIndex(["
        var isFirst = true
        func add(_ kind: Kind, _ name: String, _ address: PageAddress, _ others: [String], _ words: String?) {
            if !isFirst { text += ",\n" }
            isFirst = false
            let usual = address.fragment == nil && address.file == name + ".html"
            let path = usual ? "" : address.path + (address.fragment.map { "#\($0)" } ?? "")
            text += "[\(kind.rawValue),\(literal(name)),\(literal(path)),\(literal(others.joined(separator: " "))),"
            text += "\(literal(reference.context.inSwift(words ?? "")))]"
        }
        let documentation = reference.context.documentation
        for function in reference.schema.functions {
            let facts = documentation.methods?[function.name]
            let name = function.name.description
            let others = [function.numberText] + (facts?.friendly ?? []).map(\.name)
            add(.method, name, reference.addresses.address(.method, name), others, facts?.summary)
        }
        for type in reference.schema.types {
            let name = type.name.description
            add(.type, name, reference.addresses.address(.type, name), [], documentation.types?[type.name])
        }
        for constructor in reference.schema.constructors {
            let name = constructor.name.description
            let address = reference.addresses.address(.constructor, name)
            add(.constructor, name, address, [constructor.numberText], documentation.types?[constructor.name])
        }
        for error in documentation.errors?.definitions ?? [] {
            let address = reference.addresses.address(.error, error.name)
            add(.error, error.name, address, [reference.context.errorClasses[error.name] ?? ""], error.description)
        }
        for family in ErrorFamily.all {
            let others = [family.code.map(String.init) ?? ""]
            add(.family, family.className, reference.addresses.family(family.name), others, family.words)
        }
        for namespace in reference.usage.namespaces {
            guard let namespace else { continue }
            add(.namespace, namespace, reference.addresses.address(.namespace, namespace), [], nil)
        }
        for (method, calls) in reference.usage.friendly(isPlanned: false) + reference.usage.friendly(isPlanned: true) {
            let names = calls.map { "`\($0)`" }.joined(separator: ", ")
            let words = method.isPlanned ? "Planned, will call \(names)." : "Calls \(names)."
            add(.friendly, method.name, PageAddress.friendly.at(method.name), [], words)
        }
        for row in BuiltInPage.rows {
            add(.builtIn, row.name, PageAddress.builtIn.at(row.name), row.aliases, row.words)
        }
        return Array((text + "]);\n").utf8)
    }

    /// The script has the same list, with folders and titles.
    private enum Kind: Int {
        case method
        case type
        case constructor
        case error
        case family
        case namespace
        case friendly
        case builtIn
    }

    private func literal(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            // The end of a script, and what some engines take for the end of a line.
            case "<": result += "\\x3C"
            case let other where other.value < 0x20 || other.value == 0x2028 || other.value == 0x2029:
                result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
