import TLSchema

/// A field's type in Swift: what it is called, how it is read, how it is written.
struct TypeMapping {
    let schema: Schema
    let names: SwiftNames

    /// The Swift type, without `?`.
    func swiftType(_ type: TypeReference) -> String {
        switch type {
        case .int: "Swift.Int32"
        case .long: "Swift.Int64"
        case .double: "Swift.Double"
        case .int128: "TLInt128"
        case .int256: "TLInt256"
        case .string: "Swift.String"
        case .bytes: "[Swift.UInt8]"
        case .bool: "Swift.Bool"
        case .boxed(let name): path(ofType: name)
        case .bare(let name): path(ofConstructor: name)
        case .vector(let element, _): "[\(swiftType(element))]"
        case .generic: "Query"
        }
    }

    /// The type as the answer of a function: as ``swiftType(_:)``, but for `bytes` and the answers of wrappers.
    func responseType(_ type: TypeReference) -> String {
        switch type {
        case .bytes: "TLBytes"
        case .vector(let element, _): "[\(responseType(element))]"
        case .generic: "Query.Response"
        default: swiftType(type)
        }
    }

    /// An expression that reads a value of the type from `reader`.
    func read(_ type: TypeReference) -> String {
        switch type {
        case .int: "reader.int()"
        case .long: "reader.long()"
        case .double: "reader.double()"
        case .int128: "reader.int128()"
        case .int256: "reader.int256()"
        case .string: "reader.string()"
        case .bytes: "reader.bytes()"
        case .bool: "reader.bool()"
        case .boxed(let name): "\(path(ofType: name))(from: &reader)"
        case .bare(let name): "\(path(ofConstructor: name))(\(isOnlyConstructor(name) ? "bare" : "from"): &reader)"
        case .vector(let element, let isBoxed): readVector(of: element, isBoxed: isBoxed)
        case .generic: "Query(from: &reader)"
        }
    }

    /// A statement that writes `value` to `writer`.
    func write(_ type: TypeReference, _ value: String) -> String {
        switch type {
        case .int: "writer.int(\(value))"
        case .long: "writer.long(\(value))"
        case .double: "writer.double(\(value))"
        case .int128: "writer.int128(\(value))"
        case .int256: "writer.int256(\(value))"
        case .string: "writer.string(\(value))"
        case .bytes: "writer.bytes(\(value))"
        case .bool: "writer.bool(\(value))"
        case .boxed, .generic: "\(value).encode(into: &writer)"
        case .bare: "\(value).encodeBare(into: &writer)"
        case .vector(let element, let isBoxed): writeVector(of: element, isBoxed: isBoxed, value)
        }
    }

    /// A statement that writes `value` into room that was reserved; only for types of fixed size.
    func put(_ type: TypeReference, _ value: String) -> String {
        switch type {
        case .int: "writer.putInt(\(value))"
        case .long: "writer.putLong(\(value))"
        case .double: "writer.putDouble(\(value))"
        case .int128: "writer.putInt128(\(value))"
        case .int256: "writer.putInt256(\(value))"
        case .bool: "writer.putBool(\(value))"
        default: write(type, value)
        }
    }

    // MARK: - Paths

    /// `TL.InputPeer`.
    func path(ofType name: QualifiedName) -> String { names.typePath(name) }

    /// The class that holds a constructor's fields: the type itself when it has no other constructor.
    func path(ofConstructor name: QualifiedName) -> String {
        guard let owner = schema.constructor(named: name)?.result.typeName else { return names.typePath(name) }
        if isOnlyConstructor(name) { return names.typePath(owner) }
        return "\(names.typePath(owner)).\(names.typeName(name))"
    }

    private func isOnlyConstructor(_ name: QualifiedName) -> Bool {
        guard let owner = schema.constructor(named: name)?.result.typeName else { return true }
        return schema.type(named: owner)?.constructors.count == 1
    }

    // MARK: - Vectors

    private func readVector(of element: TypeReference, isBoxed: Bool) -> String {
        let function = isBoxed ? "vector" : "bareVector"
        switch element {
        case .int where isBoxed: return "reader.vectorOfInt()"
        case .long where isBoxed: return "reader.vectorOfLong()"
        case _ where needsClosure(element):
            return "reader.\(function) { reader in \(read(element)) }"
        default:
            return "reader.\(function)(of: \(swiftType(element)).self)"
        }
    }

    private func writeVector(of element: TypeReference, isBoxed: Bool, _ value: String) -> String {
        let function = isBoxed ? "vector" : "bareVector"
        switch element {
        case .int where isBoxed: return "writer.vectorOfInt(\(value))"
        case .long where isBoxed: return "writer.vectorOfLong(\(value))"
        case _ where needsClosure(element):
            return "writer.\(function)(\(value)) { element, writer in \(write(element, "element")) }"
        default:
            return "writer.\(function)(\(value))"
        }
    }

    /// Whether vectors of this element cannot be read through ``TLCodable``, which stands for the boxed form.
    private func needsClosure(_ element: TypeReference) -> Bool {
        switch element {
        case .bytes, .bare: true
        case .vector(let inner, let isBoxed): !isBoxed || needsClosure(inner)
        default: false
        }
    }
}
