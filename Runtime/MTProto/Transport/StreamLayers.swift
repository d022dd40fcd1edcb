/// What lies between the bytes of a TCP connection and the frames: records that look like TLS, obfuscation, both or
/// nothing. Both ends of a connection have the same layers.
///
/// Each layer begins at some point of the stream, often in the middle of a read: what waits in ``input`` when a layer
/// begins is the start of what that layer applies to.
package struct StreamLayers: Sendable {
    private let side: TransportSide
    /// Cuts the stream into records that look like TLS; the outer layer.
    private var records: TLSRecordLayer?
    /// Enciphers the stream; the inner layer.
    private var obfuscation: Obfuscation?
    /// What came and is not a whole record yet.
    private var raw = ByteQueue()
    /// What came, without the layers that have begun.
    package var input = ByteQueue()

    package init(side: TransportSide) { self.side = side }

    /// Takes bytes of the connection; what they contain is then in ``input``.
    package mutating func receive(_ bytes: UnsafeRawBufferPointer) throws(MTProtoError) {
        let start = input.count
        if records != nil {
            raw.append(bytes)
            try records?.unwrap(&raw, into: &input)
        } else {
            input.append(bytes)
        }
        decipher(from: start)
    }

    /// From here on the stream consists of records. Comes before the obfuscation, if there is one.
    package mutating func beginRecords() throws(MTProtoError) {
        precondition(records == nil && obfuscation == nil, "records inside another layer")
        raw = input
        input = ByteQueue()
        records = TLSRecordLayer(side: side)
        try records?.unwrap(&raw, into: &input)
    }

    /// From here on the stream is enciphered.
    package mutating func beginObfuscation(_ obfuscation: Obfuscation) {
        self.obfuscation = obfuscation
        decipher(from: 0)
    }

    /// Makes bytes of the connection of the bytes of frames. `opening` goes before them, and is enciphered already.
    package mutating func wrap(_ bytes: consuming [UInt8], opening: [UInt8] = []) -> [UInt8] {
        var bytes = bytes
        obfuscation?.applyToSent(&bytes)
        if !opening.isEmpty { bytes = opening + bytes }
        return records?.wrap(bytes) ?? bytes
    }

    private mutating func decipher(from start: Int) {
        guard obfuscation != nil, start < input.count else { return }
        input.withUnsafeMutableBytes(from: start) { obfuscation?.applyToReceived($0) }
    }
}
