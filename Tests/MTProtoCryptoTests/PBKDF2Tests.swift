import MTProtoCrypto
import Testing

struct PBKDF2Tests {
    /// RFC 8018, 5.2, word by word, on the HMAC that RFC 4231 has checked.
    private func reference(_ password: [UInt8], _ salt: [UInt8], _ rounds: Int, _ byteCount: Int) -> [UInt8] {
        var output: [UInt8] = []
        var index: UInt32 = 1
        while output.count < byteCount {
            var link = HMAC.sha512(key: password, salt, withUnsafeBytes(of: index.bigEndian) { Array($0) })
            var block = link
            for _ in 1..<rounds {
                link = HMAC.sha512(key: password, link)
                block = zip(block, link).map { $0 ^ $1 }
            }
            output += block
            index += 1
        }
        return Array(output.prefix(byteCount))
    }

    @Test(arguments: [(1, 64), (2, 64), (33, 64), (5, 20), (3, 150)])
    func followsItsDefinition(_ rounds: Int, _ byteCount: Int) {
        let (password, salt) = (ascii("correct horse"), ascii("battery staple"))
        let derived = PBKDF2.sha512(password: password, salt: salt, rounds: rounds, byteCount: byteCount)
        #expect(derived == reference(password, salt, rounds, byteCount))
    }

    @Test func emptyPasswordAndSaltAreAllowed() {
        #expect(PBKDF2.sha512(password: [], salt: [], rounds: 2, byteCount: 64) == reference([], [], 2, 64))
    }
}
