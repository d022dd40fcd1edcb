package import TLRuntime

extension TLCodable {
    /// The bytes of a value whose fields are known to be short enough: encoding fails for nothing else here.
    package var wireBytes: [UInt8] {
        do { return try encoded() } catch { preconditionFailure("'\(Self.self)' cannot be encoded: \(error)") }
    }
}

extension TLFunction {
    /// The bytes of a request whose fields are known to be short enough: encoding fails for nothing else here.
    package var wireBytes: [UInt8] {
        do { return try encoded() } catch { preconditionFailure("'\(Self.name)' cannot be encoded: \(error)") }
    }
}
