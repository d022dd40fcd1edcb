/// A value of a JSON file with its place, so that what is wrong with it can be shown there.
struct JSONValue: Sendable {
    enum Content: Sendable {
        case null
        case bool(Bool)
        /// The digits as written: what range is wanted is known to the caller alone.
        case number(String)
        case string(String)
        case array([JSONValue])
        /// Members in the order of the file; each key once.
        case object([JSONMember])
    }

    let content: Content
    let location: SourceLocation

    /// What error messages call it.
    var kind: String {
        switch content {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// One `"key": value` of an object.
struct JSONMember: Sendable {
    let key: String
    let keyLocation: SourceLocation
    let value: JSONValue
}

extension JSONValue {
    /// The members, or `nil` and a finding that says what `subject` should have been.
    func members(of subject: String, findings: inout Findings) -> [JSONMember]? {
        guard case .object(let members) = content else { return mismatch(subject, "an object", &findings) }
        return members
    }

    /// The elements, or `nil` and a finding.
    func elements(of subject: String, findings: inout Findings) -> [JSONValue]? {
        guard case .array(let elements) = content else { return mismatch(subject, "an array", &findings) }
        return elements
    }

    /// The text, or `nil` and a finding.
    func text(of subject: String, findings: inout Findings) -> String? {
        guard case .string(let text) = content else { return mismatch(subject, "a string", &findings) }
        return text
    }

    /// The number, or `nil` and a finding if it is no whole number of 64 bits.
    func integer(of subject: String, findings: inout Findings) -> Int? {
        guard case .number(let digits) = content else { return mismatch(subject, "a whole number", &findings) }
        guard let number = Int(digits) else {
            findings.error("\(subject) is \(digits), expected a whole number", at: location)
            return nil
        }
        return number
    }

    private func mismatch<Wanted>(_ subject: String, _ wanted: String, _ findings: inout Findings) -> Wanted? {
        findings.error("\(subject) is \(kind), expected \(wanted)", at: location)
        return nil
    }
}
