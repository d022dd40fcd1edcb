import TLRuntime

/// What `body` reads from `bytes`, which it has to use up.
func read<Value>(_ bytes: [UInt8], _ body: (inout TLReader) -> Value) throws -> Value {
    try bytes.withUnsafeBytes { buffer in
        var reader = TLReader(buffer)
        let value = body(&reader)
        try reader.finish()
        return value
    }
}

/// The error that reading ends with; `nil` when there is none.
func readingError<Value>(_ bytes: [UInt8], _ body: (inout TLReader) -> Value) -> TLDecodingError? {
    do {
        _ = try read(bytes, body)
        return nil
    } catch {
        return error as? TLDecodingError
    }
}

/// What `body` writes.
func written(capacity: Int = 0, _ body: (inout TLWriter) -> Void) throws -> [UInt8] {
    var writer = TLWriter(capacity: capacity)
    body(&writer)
    return try writer.finish()
}

/// The error that writing ends with; `nil` when there is none.
func writingError(_ body: (inout TLWriter) -> Void) -> TLEncodingError? {
    do {
        _ = try written(body)
        return nil
    } catch {
        return error as? TLEncodingError
    }
}

/// Words in the order of the wire.
func words(_ words: UInt32...) -> [UInt8] {
    words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) } }
}

/// A string in its longest plain form, built another way than the writer does it.
func lengthPrefixed(_ content: [UInt8]) -> [UInt8] {
    let count = content.count
    var bytes: [UInt8] =
        count < 254
        ? [UInt8(count)] : [254, UInt8(count & 0xFF), UInt8(count >> 8 & 0xFF), UInt8(count >> 16)]
    bytes += content
    while bytes.count % 4 != 0 { bytes.append(0) }
    return bytes
}
