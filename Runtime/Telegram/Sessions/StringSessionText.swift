internal import MTProto

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The text of a string session: `1`, then in base64 for links, with padding, big-endian: the number of the data centre
/// (1 byte), its address (4 bytes, or 16 for IPv6), the port (2 bytes), the key (256 bytes).
enum StringSessionText {
    private static let version: Character = "1"
    private static let keyByteCount = 256
    private static let addressFamilies = [(family: AF_INET, byteCount: 4), (family: AF_INET6, byteCount: 16)]

    /// `nil` for an empty text, and for one whose key is all zeros, as texts without a key are.
    static func decode(_ text: String) throws(SessionError) -> (home: DataCenterAddress, key: [UInt8])? {
        let text = LinkText.trimmed(text)
        guard let first = text.first else { return nil }
        guard first == version else {
            throw invalid("it does not begin with '1'")
        }
        guard let bytes = Base64.decode(String(text.dropFirst())) else {
            throw invalid("it has characters that base64 does not have, or an incomplete end")
        }
        let addressByteCount = bytes.count - 1 - 2 - keyByteCount
        guard let format = addressFamilies.first(where: { $0.byteCount == addressByteCount }) else {
            throw invalid("it holds \(bytes.count) bytes, expected 263 or 275")
        }
        let portOffset = 1 + addressByteCount
        let home = DataCenterAddress(
            id: Int32(bytes[0]),
            host: host(bytes[1..<portOffset], format.family),
            port: UInt16(bytes[portOffset]) << 8 | UInt16(bytes[portOffset + 1])
        )
        guard home.id > 0, home.port > 0 else { throw invalid("its data centre or port is 0") }
        let key = Array(bytes.suffix(keyByteCount))
        return key.allSatisfy { $0 == 0 } ? nil : (home, key)
    }

    /// `nil` when something does not fit the format.
    static func encode(home: DataCenterAddress, key: [UInt8]) -> String? {
        guard let id = UInt8(exactly: home.id), key.count == keyByteCount, let address = address(home.host) else {
            return nil
        }
        let bytes = [id] + address + [UInt8(home.port >> 8), UInt8(truncatingIfNeeded: home.port)] + key
        return String(version) + Base64.encode(bytes).map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }
    }

    private static func invalid(_ reason: String) -> SessionError {
        SessionError(
            .invalidString,
            "the text is not a string session: \(reason); expected a whole text of this library or of Telethon, or \"\""
        )
    }

    private static func address(_ host: String) -> [UInt8]? {
        for format in addressFamilies {
            var bytes = [UInt8](repeating: 0, count: format.byteCount)
            if inet_pton(format.family, host, &bytes) == 1 { return bytes }
        }
        return nil
    }

    private static func host(_ address: ArraySlice<UInt8>, _ family: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { text in
            address.withUnsafeBytes { address in
                // The buffer is large enough for every address, which is the only way this could fail.
                inet_ntop(family, address.baseAddress, text.baseAddress, socklen_t(text.count))
                    .map { String(cString: $0) } ?? ""
            }
        }
    }
}
