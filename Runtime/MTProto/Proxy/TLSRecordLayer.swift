/// Wraps a stream into TLS records and unwraps it again, on either side, once the greetings of fake TLS are over.
///
/// Nothing is encrypted here; what travels inside is encrypted already, so it looks like the real thing.
package struct TLSRecordLayer: Sendable {
    /// What Telegram's own clients put into a record, so ours are not told apart by their size.
    private static let clientPayload = 2878

    private let maximumPayload: Int
    /// The client's first record of data comes with a change of cipher in front, as in TLS 1.3's compatibility mode.
    private var owesChangeCipherSpec: Bool
    /// Such a record is accepted once, before the first data.
    private var acceptsChangeCipherSpec = true
    /// How much of the current record has not come yet.
    private var payloadLeft = 0

    package init(side: TransportSide) {
        maximumPayload = side == .client ? Self.clientPayload : TLSRecord.maximumPayload
        owesChangeCipherSpec = side == .client
    }

    /// The records for these bytes; none for none.
    package mutating func wrap(_ bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        let opening = owesChangeCipherSpec ? TLSRecord.changeCipherSpec : []
        owesChangeCipherSpec = false
        var records: [UInt8] = []
        let recordCount = (bytes.count + maximumPayload - 1) / maximumPayload
        records.reserveCapacity(opening.count + bytes.count + recordCount * TLSRecord.headerLength)
        records += opening
        for start in stride(from: 0, to: bytes.count, by: maximumPayload) {
            let payload = bytes[start..<min(start + maximumPayload, bytes.count)]
            records += TLSRecord.header(.applicationData, length: payload.count)
            records += payload
        }
        return records
    }

    /// Moves the contents of records to `output`, also those of a record that has not come completely: there is nothing
    /// to check at its end. At most an incomplete header stays behind.
    package mutating func unwrap(_ input: inout ByteQueue, into output: inout ByteQueue) throws(MTProtoError) {
        while !input.isEmpty {
            if payloadLeft == 0, try !takeHeader(&input) { return }
            let count = min(payloadLeft, input.count)
            input.withUnsafeBytes { output.append(UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
            input.discard(count)
            payloadLeft -= count
        }
    }

    /// Whether a whole header, or a whole record without meaning, was taken.
    private mutating func takeHeader(_ input: inout ByteQueue) throws(MTProtoError) -> Bool {
        if acceptsChangeCipherSpec, input[0] == TLSRecord.ContentType.changeCipherSpec.rawValue {
            guard let length = try TLSRecord.payloadLength(of: .changeCipherSpec, in: input, at: 0) else {
                return false
            }
            guard length == 1 else {
                throw MTProtoError(.malformedTransport, "a TLS change of cipher has \(length) bytes, expected 1")
            }
            guard input.consume(TLSRecord.headerLength + length) != nil else { return false }
            acceptsChangeCipherSpec = false
            return true
        }
        guard let length = try TLSRecord.payloadLength(of: .applicationData, in: input, at: 0) else { return false }
        input.discard(TLSRecord.headerLength)
        acceptsChangeCipherSpec = false
        payloadLeft = length
        return true
    }
}
