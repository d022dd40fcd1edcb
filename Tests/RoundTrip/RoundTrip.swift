import TelegramAPI
import TelegramTesting

/// Decodes samples that another implementation encoded, encodes them again, and prints the bytes.
///
/// Reads lines `<number> <c|f> <name> <hex>` (`c` a constructor, `f` a function) and answers each with
/// `<number> ok <hex>` or `<number> error <message>`, in the same order. `Tests/Interop/check_roundtrip.py` compares.
@main
struct RoundTrip {
    static func main() {
        while let line = readLine() {
            let words = line.split(separator: " ")
            guard words.count == 4, let bytes = bytes(fromHex: words[3].utf8) else {
                print("\(words.first ?? "-") error not a sample line")
                continue
            }
            do {
                let encoded =
                    words[1] == "f"
                    ? try TL.function(decoding: bytes).encoded()
                    : try TL.object(decoding: bytes).encoded()
                print("\(words[0]) ok \(hex(encoded))")
            } catch {
                print("\(words[0]) error \(error)")
            }
        }
    }

    private static func bytes(fromHex digits: Substring.UTF8View) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(digits.count / 2)
        var pending: UInt8?
        for digit in digits {
            guard let value = Character(UnicodeScalar(digit)).hexDigitValue else { return nil }
            if let high = pending {
                result.append(high << 4 | UInt8(value))
                pending = nil
            } else {
                pending = UInt8(value)
            }
        }
        return pending == nil ? result : nil
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
