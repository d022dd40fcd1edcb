package import MTProtoCrypto

/// The greeting of a client that speaks TLS 1.3, as the widespread browsers send it and Telegram's clients after them.
///
/// Values with two equal bytes like `0x3a3a` are GREASE (RFC 8701): meaningless on purpose, and different every time.
package enum TLSClientHello {
    /// Where the random value lies, counted from the record's header.
    package static let randomRange = 11..<43

    private enum Group {
        static let x25519: UInt16 = 0x001D
        static let secp256r1: UInt16 = 0x0017
        static let secp384r1: UInt16 = 0x0018
        static let x25519MLKEM768: UInt16 = 0x11EC
    }

    /// The record with the greeting. Its random value is zero: the caller puts the proof there.
    package static func record(domain: String, random: any RandomSource) -> [UInt8] {
        var writer = TLSMessageWriter()
        writer.write([TLSRecord.ContentType.handshake.rawValue, 3, 1])
        writer.writeVector { record in
            record.write([1])
            record.writeVector(lengthBytes: 3) { writeHello(domain: domain, random: random, to: &$0) }
        }
        return writer.bytes
    }

    private static func writeHello(domain: String, random: any RandomSource, to hello: inout TLSMessageWriter) {
        hello.write(0x0303)
        hello.write([UInt8](repeating: 0, count: randomRange.count))
        hello.writeVector(lengthBytes: 1) { $0.write(random.bytes(32)) }
        hello.writeVector { suites in
            suites.write(grease(random), 0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030)
            suites.write(0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x009C, 0x009D, 0x002F, 0x0035)
        }
        hello.writeVector(lengthBytes: 1) { $0.write([0]) }
        hello.writeVector { extensions in
            let first = grease(random)
            var last = grease(random)
            // An extension must not come twice.
            if last == first { last ^= 0x1010 }
            extensions.writeExtension(first) { _ in }
            // Browsers shuffle what lies between.
            var middle = middleExtensions(domain: domain, random: random)
            while !middle.isEmpty { extensions.write(middle.remove(at: random.number(below: middle.count))) }
            extensions.writeExtension(last) { $0.write([0]) }
        }
    }

    private static func middleExtensions(domain: String, random: any RandomSource) -> [[UInt8]] {
        let greaseGroup = grease(random)
        return [
            // Server name.
            encoded(0x0000) { list in
                list.writeVector { name in
                    name.write([0])
                    name.writeVector { $0.write(Array(domain.utf8)) }
                }
            },
            // Status request: OCSP, without responders and extensions.
            encoded(0x0005) { $0.write([1, 0, 0, 0, 0]) },
            // Supported groups.
            encoded(0x000A) { list in
                list.writeVector {
                    $0.write(greaseGroup, Group.x25519MLKEM768, Group.x25519, Group.secp256r1, Group.secp384r1)
                }
            },
            // Formats of points: uncompressed.
            encoded(0x000B) { list in list.writeVector(lengthBytes: 1) { $0.write([0]) } },
            // Signature algorithms.
            encoded(0x000D) { list in
                list.writeVector { $0.write(0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601) }
            },
            // Application protocols.
            encoded(0x0010) { list in
                list.writeVector { names in
                    for name in ["h2", "http/1.1"] { names.writeVector(lengthBytes: 1) { $0.write(Array(name.utf8)) } }
                }
            },
            // Signed certificate timestamps, extended master secret, session ticket.
            encoded(0x0012) { _ in },
            encoded(0x0017) { _ in },
            encoded(0x0023) { _ in },
            // Compression of certificates: Brotli.
            encoded(0x001B) { list in list.writeVector(lengthBytes: 1) { $0.write(0x0002) } },
            // Supported versions: 1.3 and 1.2.
            encoded(0x002B) { list in list.writeVector(lengthBytes: 1) { $0.write(grease(random), 0x0304, 0x0303) } },
            // Modes of pre-shared keys.
            encoded(0x002D) { list in list.writeVector(lengthBytes: 1) { $0.write([1]) } },
            encoded(0x0033) { writeKeyShares(greaseGroup: greaseGroup, random: random, to: &$0) },
            // Application settings.
            encoded(0x44CD) { list in
                list.writeVector { names in names.writeVector(lengthBytes: 1) { $0.write(Array("h2".utf8)) } }
            },
            encoded(0xFE0D) { writeEncryptedHello(random: random, to: &$0) },
            // Secure renegotiation.
            encoded(0xFF01) { $0.write([0]) },
        ]
    }

    private static func writeKeyShares(
        greaseGroup: UInt16,
        random: any RandomSource,
        to extension: inout TLSMessageWriter
    ) {
        `extension`.writeVector { shares in
            shares.write(greaseGroup)
            shares.writeVector { $0.write([0]) }
            shares.write(Group.x25519MLKEM768)
            shares.writeVector { share in
                share.write(TLSKeyShare.mlKEM768(random: random))
                share.write(TLSKeyShare.x25519(random: random))
            }
            shares.write(Group.x25519)
            shares.writeVector { $0.write(TLSKeyShare.x25519(random: random)) }
        }
    }

    /// An Encrypted Client Hello that no server can open, as browsers send when the site has no key for one.
    private static func writeEncryptedHello(random: any RandomSource, to extension: inout TLSMessageWriter) {
        // An outer hello; key derivation HKDF-SHA256, encryption AES-128-GCM.
        `extension`.write([0])
        `extension`.write(0x0001, 0x0001)
        `extension`.write(random.bytes(1))
        `extension`.writeVector { $0.write(TLSKeyShare.x25519(random: random)) }
        `extension`.writeVector { $0.write(random.bytes(144 + 32 * random.number(below: 4))) }
    }

    private static func encoded(_ type: UInt16, _ body: (inout TLSMessageWriter) -> Void) -> [UInt8] {
        var writer = TLSMessageWriter()
        writer.writeExtension(type, body)
        return writer.bytes
    }

    private static func grease(_ random: any RandomSource) -> UInt16 {
        let byte = random.bytes(1)[0] & 0xF0 | 0x0A
        return UInt16(byte) << 8 | UInt16(byte)
    }
}
