public import TelegramAPI

extension TL {
    /// Reads a whole request, as a server does: any function of the schema by its number, wrappers with what they wrap.
    ///
    /// - Throws: `TLDecodingError` when the bytes are cut short, when a number is not a function's, when wrappers nest
    ///   too deeply, or when bytes are left over.
    public static func function(decoding bytes: [UInt8]) throws(TLDecodingError) -> any TL.Function {
        // `withUnsafeBytes` does not pass typed errors on, so the error travels as a value.
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(TLDecodingError) in try function(decoding: buffer) }
        }
        return try result.get()
    }

    private static func function(decoding buffer: UnsafeRawBufferPointer) throws(TLDecodingError) -> any TL.Function {
        var reader = TLReader(buffer)
        let decoded = function(from: &reader)
        try reader.finish()
        guard let decoded else { throw .unexpectedEnd(needed: 4, left: 0, offset: 0) }
        return decoded
    }
}
