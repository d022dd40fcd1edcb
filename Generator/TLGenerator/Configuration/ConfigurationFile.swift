public import Foundation

/// `tlgen.json`: which targets of a package get generated sources, and how.
///
/// ```json
/// { "targets": { "MyAPI": { "schema": ["my.tl"], "root": "API", "access": "internal" } } }
/// ```
public struct ConfigurationFile: Codable, Sendable, Equatable {
    /// By target name.
    public var targets: [String: GeneratorConfiguration]

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case targets
    }

    /// Where a package keeps its configuration, relative to the package.
    public static let path = "Schema/tlgen.json"

    /// Reads a configuration file.
    /// - Throws: ``ConfigurationError`` with the place in the document and what was expected there.
    public init(json: Data) throws {
        do {
            self = try JSONDecoder().decode(ConfigurationFile.self, from: json)
        } catch let error as ConfigurationError {
            throw error
        } catch let error as DecodingError {
            throw ConfigurationError(Self.describe(error))
        }
    }

    /// Reads the document; unknown keys are errors.
    public init(from decoder: any Decoder) throws {
        try rejectUnknownKeys(of: decoder, known: CodingKeys.allCases.map(\.stringValue))
        targets = try decoder.container(keyedBy: CodingKeys.self)
            .decode([String: GeneratorConfiguration].self, forKey: .targets)
    }

    private static func describe(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context):
            return "\(place(context.codingPath)) lacks the key '\(key.stringValue)'"
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            return "\(place(context.codingPath)) is not \(Self.kind(of: type))"
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            let reason = (context.underlyingError as NSError?)?.userInfo["NSDebugDescription"] as? String
            return "the document is not valid JSON" + (reason.map { ": \($0)" } ?? "")
        case .dataCorrupted(let context):
            return "\(place(context.codingPath)): \(context.debugDescription)"
        @unknown default:
            return "\(error)"
        }
    }

    private static func kind(of type: any Any.Type) -> String {
        if type == String.self { return "a string" }
        if type == Int.self { return "a whole number" }
        if type == Bool.self { return "true or false" }
        return "\(type)".hasPrefix("Dictionary") ? "an object" : "a list"
    }
}

/// Why a configuration cannot be used: one sentence.
public struct ConfigurationError: Error, CustomStringConvertible, Sendable {
    /// The sentence.
    public let description: String

    /// Wraps a sentence.
    public init(_ description: String) { self.description = description }
}

/// How messages call a place in the document.
func place(_ path: [any CodingKey]) -> String {
    path.isEmpty ? "the document" : "'" + path.map(\.stringValue).joined(separator: ".") + "'"
}

/// Throws when an object has a key that nobody reads.
func rejectUnknownKeys(of decoder: any Decoder, known: [String]) throws {
    struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
    let keys = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
    guard let unknown = keys.filter({ !known.contains($0) }).min() else { return }
    throw ConfigurationError(
        "\(place(decoder.codingPath)) has the unknown key '\(unknown)', expected one of: \(known.joined(separator: ", "))"
    )
}
