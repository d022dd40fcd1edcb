import MTProtoCrypto

/// Bytes from hexadecimal digits; white space between them does not matter.
func hex(_ text: String) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue)
    precondition(digits.count.isMultiple(of: 2))
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
}

/// Hexadecimal digits, so that a failure can be read.
func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}

func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

/// `count` bytes that count upwards from 0.
func counting(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0) } }

/// Compares large arrays: `#expect(a == b)` would spend minutes on the difference when it fails.
func isSame(_ first: [UInt8], _ second: [UInt8]) -> Bool { first == second }

/// Always the same byte.
struct ConstantRandom: RandomSource {
    let byte: UInt8

    func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        buffer.copyBytes(from: repeatElement(byte, count: buffer.count))
    }
}

/// A small generator whose numbers depend on the seed only (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    /// A new seed each run, which is printed so that a failure can be had again.
    static func announced(_ name: String = #function) -> SeededGenerator {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("\(name): seed \(seed)")
        return SeededGenerator(state: seed)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }
}

/// The code of the error that `body` throws; `nil` when it throws none.
func failure<R>(of body: () throws(CryptoError) -> R) -> CryptoError.Code? {
    do throws(CryptoError) {
        _ = try body()
        return nil
    } catch {
        return error.code
    }
}
