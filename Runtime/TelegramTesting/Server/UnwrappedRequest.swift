import MTProto
import TLRuntime
import TelegramAPI

/// A request without the functions around it.
struct UnwrappedRequest: Sendable {
    let function: any TLFunction
    let context: RequestContext

    var name: String { type(of: function).name }

    /// - Throws: `RPCError`, as the server answers a request that it does not understand.
    init(decoding bytes: [UInt8], maximumDepth: Int, inflationLimit: Int = 32 << 20) throws(RPCError) {
        let decoded: any TLFunction
        do {
            decoded = try Self.function(decoding: bytes, inflationLimit: inflationLimit)
        } catch {
            throw RPCError(undecodable: error, in: bytes)
        }
        var context = RequestContext()
        var function = decoded
        while let wrapper = function as? any RequestWrapper {
            guard context.wrappers.count < maximumDepth else {
                throw RPCError(code: 400, name: "INPUT_REQUEST_TOO_LONG")
            }
            context.wrappers.append(type(of: wrapper).name)
            wrapper.note(in: &context)
            function = wrapper.query
        }
        self.function = function
        self.context = context
    }

    /// The innermost query may be compressed on its own, inside of what is around it.
    private static func function(
        decoding bytes: [UInt8],
        inflationLimit: Int
    ) throws(TLDecodingError) -> any TLFunction {
        do {
            return try TL.function(decoding: bytes)
        } catch {
            guard case .unknownConstructor(FramedConstructor.gzipPacked, "function", let offset) = error,
                let query = try? MessageContent.inflate(bytes[offset...], limit: inflationLimit)
            else { throw error }
            return try TL.function(decoding: bytes[..<offset] + query)
        }
    }
}

extension RPCError {
    /// What a server says about bytes that are no request, as far as it is known.
    fileprivate convenience init(undecodable error: TLDecodingError, in bytes: [UInt8]) {
        let name =
            switch error {
            case .unknownConstructor(let id, "function", _): "INPUT_METHOD_INVALID_\(id)"
            case .unknownConstructor(let id, _, _): "INPUT_CONSTRUCTOR_INVALID_\(String(id, radix: 16))"
            case .trailingBytes, .tooDeep: "INPUT_REQUEST_TOO_LONG"
            case .unexpectedEnd, .invalidCount: "INPUT_FETCH_ERROR"
            }
        self.init(code: 400, name: name)
    }

    /// What a handler's error is answered with: RPC errors as they are, others by their type alone, since their text
    /// may contain anything.
    static func answering(_ error: any Error) -> RPCError {
        error as? RPCError ?? RPCError(code: 500, name: "INTERNAL_\(String(describing: type(of: error)))")
    }

    var wireBytes: [UInt8] {
        MTP.RpcError(errorCode: Int32(clamping: code), errorMessage: name).wireBytes
    }
}
