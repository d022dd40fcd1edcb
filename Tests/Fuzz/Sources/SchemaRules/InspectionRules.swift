public import TLSchema

/// What decoding with nothing but a schema promises, whatever the bytes are.
public struct InspectionRules: Sendable {
    private let decoder: ValueDecoder
    private let printer = TLValuePrinter()

    /// The types that inputs are decoded as, apart from finding out by the number.
    private static let types: [TypeReference] = [
        .vector(.boxed(QualifiedName("Updates")), isBoxed: true), .vector(.long, isBoxed: true), .generic("X"), .bool,
        .vector(.vector(.bytes, isBoxed: false), isBoxed: true), .boxed(QualifiedName("RichText")), .int256, .string,
    ]

    /// Rules for a decoder that knows some schemas.
    public init(schemas: [Schema]) {
        decoder = ValueDecoder(schemas: schemas)
    }

    /// The rule that an input breaks; `nil` when all hold. The first byte picks a type, the rest are the bytes of a
    /// value.
    public func violation(by input: [UInt8]) -> String? {
        guard let choice = input.first else { return nil }
        let bytes = Array(input.dropFirst())
        let type = Int(choice) < Self.types.count ? Self.types[Int(choice)] : nil
        let result: ValueDecoder.Result
        do {
            result = try decode(bytes, as: type)
        } catch {
            if !(0...bytes.count).contains(error.offset) { return "an error lies outside of the bytes: \(error)" }
            return error.description.contains("\n") ? "an error takes more than one line" : nil
        }
        if !(0..<bytes.count).contains(result.trailingCount) { return "a value takes bytes" }
        if printer.text(of: result.value).last != "\n" { return "a value prints as whole lines" }
        let encoded = ValueEncoder.bytes(of: result.value)
        if encoded.count > bytes.count - result.trailingCount { return "a value grows when it is written" }
        do {
            let again = try decode(encoded, as: type)
            if again.trailingCount != 0 { return "what was written decodes only in part" }
            return ValueEncoder.bytes(of: again.value) == encoded ? nil : "writing twice gives other bytes"
        } catch {
            return "what was written cannot be decoded: \(error)"
        }
    }

    private func decode(
        _ bytes: [UInt8],
        as type: TypeReference?
    ) throws(ValueDecodingError) -> ValueDecoder.Result {
        if let type { return try decoder.decode(bytes, as: type) }
        return try decoder.decode(bytes)
    }
}
