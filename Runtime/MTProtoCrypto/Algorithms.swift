import CMTProtoOpenSSL

/// A digest or cipher of OpenSSL, looked up once: OpenSSL 3 takes longer to find one by name than to hash a message.
///
/// Sendable, because OpenSSL never changes a fetched algorithm and counts references to it atomically.
struct Algorithm: @unchecked Sendable {
    let pointer: OpaquePointer

    private init(_ pointer: OpaquePointer?, _ name: String) {
        guard let pointer else { preconditionFailure("this OpenSSL lacks \(name), which MTProto needs") }
        self.pointer = pointer
    }

    private static func digest(_ name: String) -> Algorithm { Algorithm(EVP_MD_fetch(nil, name, nil), name) }
    private static func cipher(_ name: String) -> Algorithm { Algorithm(EVP_CIPHER_fetch(nil, name, nil), name) }

    static let sha1 = digest("SHA1")
    static let sha256 = digest("SHA256")
    static let sha512 = digest("SHA512")
    static let aes256CBC = cipher("AES-256-CBC")
    static let aes256ECB = cipher("AES-256-ECB")
    static let aes256CTR = cipher("AES-256-CTR")
}
