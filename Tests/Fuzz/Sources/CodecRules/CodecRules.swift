public import TLSchema
import TelegramAPI
import TelegramTesting

/// What generated code promises, whatever the bytes are, with the schema alone as its judge.
public struct CodecRules: Sendable {
    private let decoder: ValueDecoder

    /// Values of more bytes are not printed, to keep a run fast.
    private static let printedSize = 4096

    /// Rules for the code that was generated from `schema`.
    public init(schema: Schema) {
        decoder = ValueDecoder(schemas: [schema])
    }

    /// The rule that these bytes break as a constructor or function; `nil` when all hold.
    public func violation(by bytes: [UInt8]) -> String? {
        let isObject: Bool
        do {
            let value = try TL.object(decoding: bytes)
            isObject = true
            if let violation = violation(by: value, decode: { try TL.object(decoding: $0).encoded() }) {
                return "\(type(of: value)): " + violation
            }
        } catch {
            isObject = false
            if !(0...bytes.count).contains(error.offset) { return "an error lies outside of the bytes: \(error)" }
        }
        let isFunction: Bool
        do {
            let function = try TL.function(decoding: bytes)
            isFunction = true
            if let violation = violation(by: function) { return "\(type(of: function)): " + violation }
        } catch {
            isFunction = false
            if !(0...bytes.count).contains(error.offset) { return "an error lies outside of the bytes: \(error)" }
        }
        if isObject && isFunction { return "a number belongs to a constructor and to a function" }
        if !isObject && !isFunction && isValid(bytes) { return "generated code refuses what the schema allows" }
        return nil
    }

    private func violation(by value: any TL.Object, decode: ([UInt8]) throws -> [UInt8]) -> String? {
        do {
            let encoded = try value.encoded()
            if encoded.count <= Self.printedSize && "\(value)".isEmpty { return "a value prints as something" }
            return try violation(byEncoded: encoded, decode: decode)
        } catch {
            return "what was decoded cannot be encoded and decoded again: \(error)"
        }
    }

    private func violation(by function: any TL.Function) -> String? {
        do {
            let encoded = try function.encoded()
            if encoded.count <= Self.printedSize && "\(function)".isEmpty { return "a function prints as something" }
            return try violation(byEncoded: encoded) { try TL.function(decoding: $0).encoded() }
        } catch {
            return "what was decoded cannot be encoded and decoded again: \(error)"
        }
    }

    private func violation(byEncoded encoded: [UInt8], decode: ([UInt8]) throws -> [UInt8]) throws -> String? {
        if try decode(encoded) != encoded { return "encoding twice gives other bytes" }
        do throws(ValueDecodingError) {
            let result = try decoder.decode(encoded)
            if result.trailingCount != 0 { return "the schema ends the value earlier" }
            return ValueEncoder.bytes(of: result.value) == encoded ? nil : "the schema gives other bytes"
        } catch {
            // The decoder of the inspector gives up earlier.
            return error.reason == .depth ? nil : "the schema does not allow what was encoded: \(error)"
        }
    }

    /// Whether the schema reads all of the bytes as a constructor or function that code is generated for.
    private func isValid(_ bytes: [UInt8]) -> Bool {
        guard let number = try? TLConstructorID.first(in: bytes), let combinator = decoder.combinator(numbered: number),
            combinator.kind == .function || TL.type(ofConstructor: number) != nil
        else { return false }
        return (try? decoder.decode(bytes))?.trailingCount == 0
    }
}
