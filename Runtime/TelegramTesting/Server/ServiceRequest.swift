import TLRuntime

/// Requests of the protocol that a server reads. Generated code only writes functions, since clients never read them.
enum ServiceRequest {
    protocol Fields {
        init(fields reader: inout TLReader)
    }

    struct Ping: Fields {
        let id: Int64

        init(fields reader: inout TLReader) { id = reader.long() }
    }

    struct PingDelayDisconnect: Fields {
        let id: Int64
        let delay: Int32

        init(fields reader: inout TLReader) {
            id = reader.long()
            delay = reader.int()
        }
    }

    struct GetFutureSalts: Fields {
        let count: Int32

        init(fields reader: inout TLReader) { count = reader.int() }
    }

    /// `rpc_drop_answer` and `destroy_session`, which name a message and a session.
    struct OneLong: Fields {
        let value: Int64

        init(fields reader: inout TLReader) { value = reader.long() }
    }
}

extension ServiceRequest.Fields {
    /// Reads the fields after a number that the caller knows already.
    init(decoding bytes: [UInt8]) throws(TLDecodingError) {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(TLDecodingError) -> Self in
                var reader = TLReader(buffer)
                _ = reader.word()
                let value = Self(fields: &reader)
                try reader.finish()
                return value
            }
        }
        self = try result.get()
    }
}
