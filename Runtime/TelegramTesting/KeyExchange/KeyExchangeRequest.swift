import MTProto
import TLRuntime

/// A request of a key exchange, as the server reads it.
enum KeyExchangeRequest: Sendable {
    /// `req_pq_multi`, or the older `req_pq`, which some clients still send; both are answered alike.
    case challenge(nonce: TLInt128)
    case parameters(MTP.ReqDHParams)
    case half(MTP.SetClientDHParams)

    /// Number of `req_pq nonce:int128 = ResPQ`.
    static let legacyChallenge: UInt32 = 0x6046_9778
    /// Some clients hide the size of a message behind up to 255 random bytes, which count as part of it.
    static let longestPadding = 255

    init(decoding bytes: [UInt8]) throws(TLDecodingError) {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(TLDecodingError) in
                var reader = TLReader(buffer)
                let request = Self(from: &reader)
                try reader.check()
                let rest = buffer.count - reader.offset
                if rest > Self.longestPadding { throw .trailingBytes(count: rest, offset: reader.offset) }
                return request
            }
        }
        self = try result.get()
    }

    private init(from reader: inout TLReader) {
        switch reader.word() {
        case MTP.ReqDHParams.id:
            self = .parameters(
                MTP.ReqDHParams(
                    nonce: reader.int128(),
                    serverNonce: reader.int128(),
                    p: reader.bytes(),
                    q: reader.bytes(),
                    publicKeyFingerprint: reader.long(),
                    encryptedData: reader.bytes()
                )
            )
        case MTP.SetClientDHParams.id:
            self = .half(
                MTP.SetClientDHParams(
                    nonce: reader.int128(),
                    serverNonce: reader.int128(),
                    encryptedData: reader.bytes()
                )
            )
        case MTP.ReqPqMulti.id, Self.legacyChallenge:
            self = .challenge(nonce: reader.int128())
        default:
            reader.failUnknownConstructor(expected: "a request of a key exchange")
            self = .challenge(nonce: reader.int128())
        }
    }
}
