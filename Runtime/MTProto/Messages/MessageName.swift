/// Names of messages, for the log.
package enum MessageName {
    /// What a message with this constructor is called: service messages by their name, others by their number.
    package static func of(_ constructor: UInt32) -> String {
        switch constructor {
        case FramedConstructor.messageContainer: return "msg_container"
        case FramedConstructor.messageCopy: return "msg_copy"
        case FramedConstructor.gzipPacked: return "gzip_packed"
        case FramedConstructor.rpcResult: return "rpc_result"
        default: break
        }
        guard let service = ServiceConstructor(rawValue: constructor) else {
            return "0x" + String(constructor, radix: 16)
        }
        return snakeCase("\(service)")
    }

    /// `badServerSalt` becomes `bad_server_salt`.
    private static func snakeCase(_ name: String) -> String {
        name.reduce(into: "") { result, character in
            if character.isUppercase { result += "_" }
            result += character.lowercased()
        }
    }
}
