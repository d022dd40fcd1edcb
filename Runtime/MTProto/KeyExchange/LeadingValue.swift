package import TLRuntime

/// A TL value at the start of bytes that go on: encrypted parts of the key exchange end in padding.
package struct LeadingValue<Value: TLCodable>: Sendable {
    package let value: Value
    /// How many bytes it takes.
    package let byteCount: Int

    package init(decoding bytes: some Collection<UInt8>) throws(TLDecodingError) {
        let result = Array(bytes).withUnsafeBytes { buffer in
            Result { () throws(TLDecodingError) in
                var reader = TLReader(buffer)
                let value = Value(from: &reader)
                try reader.check()
                return (value, reader.offset)
            }
        }
        (value, byteCount) = try result.get()
    }
}
