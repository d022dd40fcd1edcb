import CMTProtoZlib

/// Compression as `gzip_packed` uses it.
package enum Gzip {
    /// The content of one gzip or zlib stream, which must fill the input exactly.
    ///
    /// The announced size is not believed: memory grows with what really comes out, up to `limit` bytes.
    package static func inflate(_ bytes: ArraySlice<UInt8>, limit: Int) throws(CryptoError) -> [UInt8] {
        guard bytes.count <= UInt32.max else {
            throw CryptoError(.inputTooLarge, "cannot inflate \(bytes.count) bytes at once, 4 GiB is the most")
        }
        let stream = DeflateStream()
        // 32 detects gzip and zlib by their first bytes.
        guard cmtproto_inflate_init(stream.pointer, windowBits + 32) == Z_OK else {
            throw CryptoError(.corruptInput, "zlib could not start to inflate")
        }
        defer { inflateEnd(stream.pointer) }
        // A result, because the slice's closure cannot throw a type of its own.
        return try bytes.withUnsafeBytes { input in
            stream.read(input)
            return Result { () throws(CryptoError) in try inflateAll(stream, limit: max(0, limit)) }
        }
        .get()
    }

    package static func inflate(_ bytes: [UInt8], limit: Int) throws(CryptoError) -> [UInt8] {
        try inflate(bytes[...], limit: limit)
    }

    /// Compresses into the gzip format.
    package static func deflate(_ bytes: [UInt8]) -> [UInt8] {
        precondition(bytes.count <= 1 << 30, "at most 1 GiB is compressed at once")
        let stream = DeflateStream()
        // 16 selects the gzip format.
        let started = cmtproto_deflate_init(stream.pointer, Z_DEFAULT_COMPRESSION, windowBits + 16)
        precondition(started == Z_OK, "zlib could not start to deflate")
        defer { deflateEnd(stream.pointer) }
        return bytes.withUnsafeBytes { input in
            stream.read(input)
            let bound = deflateBound(stream.pointer, uLong(input.count))
            let (step, output) = stream.run(Int(bound)) { CMTProtoZlib.deflate($0, Z_FINISH) }
            precondition(step == Z_STREAM_END, "zlib could not deflate")
            return output
        }
    }

    /// The largest window of the format: 2^15 bytes.
    private static let windowBits: Int32 = 15

    private static func inflateAll(_ stream: borrowing DeflateStream, limit: Int) throws(CryptoError) -> [UInt8] {
        let inputCount = stream.unread
        var output: [UInt8] = []
        // One byte more than allowed, so that content which fits exactly is told from content that goes on.
        var room = min(limit, max(256, 4 * inputCount), 1 << 20) + 1
        while true {
            let (step, added) = stream.run(room) { CMTProtoZlib.inflate($0, Z_NO_FLUSH) }
            if output.isEmpty { output = added } else { output += added }
            if output.count > limit {
                throw CryptoError(.outputTooLarge, "compressed content is larger than the limit of \(limit) bytes")
            }
            switch step {
            case Z_STREAM_END where stream.unread == 0:
                return output
            case Z_STREAM_END:
                throw CryptoError(.trailingBytes, "\(stream.unread) bytes follow after the compressed content")
            case Z_OK where !stream.isStarved:
                room = min(output.count, limit - output.count) + 1
            case Z_OK, Z_BUF_ERROR:
                throw CryptoError(.truncatedInput, "compressed content ends early, after \(inputCount) bytes")
            default:
                throw CryptoError(.corruptInput, "\(inputCount) bytes are not valid gzip or zlib content")
            }
        }
    }
}

/// The state of zlib, which must stay where it is: zlib keeps its address and refuses a stream that has moved.
private struct DeflateStream: ~Copyable {
    let pointer = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    init() { pointer.initialize(to: z_stream()) }

    deinit { pointer.deallocate() }

    /// How many bytes of the input are left.
    var unread: Int { Int(pointer.pointee.avail_in) }

    /// Whether the last step had room left: then only the end of the input can have stopped it.
    var isStarved: Bool { pointer.pointee.avail_out > 0 }

    /// Takes the input, which must outlive its use.
    func read(_ input: UnsafeRawBufferPointer) {
        // zlib only reads through this pointer; its type lacks the `const`.
        let bytes = UnsafeMutableRawPointer(mutating: input.baseAddress)
        pointer.pointee.next_in = bytes?.assumingMemoryBound(to: UInt8.self)
        pointer.pointee.avail_in = UInt32(input.count)
    }

    /// Makes a step with room for as many bytes of output.
    func run(_ room: Int, _ step: (UnsafeMutablePointer<z_stream>) -> Int32) -> (step: Int32, output: [UInt8]) {
        let room = Int(UInt32(clamping: room))
        var result = Z_OK
        let output = [UInt8](unsafeUninitializedCapacity: room) { buffer, initialized in
            pointer.pointee.next_out = buffer.baseAddress
            pointer.pointee.avail_out = UInt32(room)
            result = step(pointer)
            initialized = room - Int(pointer.pointee.avail_out)
        }
        return (result, output)
    }
}
