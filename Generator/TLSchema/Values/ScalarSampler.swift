/// Random scalars, with a liking for the values at which codecs go wrong.
extension SeededRandom {
    /// Zero, one, all ones, the extremes, small numbers, or any bits.
    mutating func integer<Number: FixedWidthInteger>(_ type: Number.Type) -> Number {
        switch below(8) {
        case 0: 0
        case 1: 1
        case 2: ~0
        case 3: Number(1) << (Number.bitWidth - 1)
        case 4: ~(Number(1) << (Number.bitWidth - 1))
        case 5: Number(truncatingIfNeeded: below(1000))
        default: Number(truncatingIfNeeded: next())
        }
    }

    /// Any double but a NaN, which compares unequal to itself and would disturb tests that compare values.
    mutating func double() -> Double {
        switch below(6) {
        case 0: return 0
        case 1: return -0.0
        case 2: return below(2) == 0 ? .infinity : -.greatestFiniteMagnitude
        case 3: return Double(below(1_000_000)) / 64
        default:
            let number = Double(bitPattern: next())
            return number.isNaN ? .leastNonzeroMagnitude : number
        }
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    /// UTF-8 of exactly `count` bytes, with characters of one to four bytes.
    mutating func text(_ count: Int) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(count)
        while text.count < count {
            let character = scalar()
            if text.count + UTF8.width(character) <= count {
                text.append(contentsOf: Array(String(character).utf8))
            } else {
                text.append(UInt8(ascii: "x"))
            }
        }
        return text
    }

    private mutating func scalar() -> Unicode.Scalar {
        let range: Range<Int> =
            switch below(8) {
            case 0: 0x00..<0x20
            case 1: 0xA1..<0x800
            case 2: 0x800..<0xD800
            case 3: 0x1F300..<0x1F700
            default: 0x20..<0x7F
            }
        return Unicode.Scalar(UInt32(range.lowerBound + below(range.count))) ?? "x"
    }

    /// Lengths of content: mostly short, often around the change of the length's form at 254, now and then long.
    mutating func contentLength(isShort: Bool) -> Int {
        switch below(isShort ? 70 : 100) {
        case 0..<15: 0
        case 15..<70: 1 + below(20)
        case 70..<95: 250 + below(10)
        default: 300 + below(5000)
        }
    }
}
