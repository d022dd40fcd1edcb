import TLRuntime

/// One constructor with a field of every kind, written by hand in the form of generated code:
///
/// `sample#5a3b1e00 flags:# loud:flags.0?true number:int size:flags.1?long unit:flags.1?string ratio:double done:Bool
/// data:bytes nonce:int128 key:int256 ids:Vector<long> marks:vector<int> rows:Vector<Vector<string>>
/// parts:Vector<bytes> description:string = Sample`
final class Sample: TLCodable, TextOutputStreamable {
    let loud: Bool
    let number: Int32
    let size: Int64?
    let unit: String?
    let ratio: Double
    let done: Bool
    let data: [UInt8]
    let nonce: TLInt128
    let key: TLInt256
    let ids: [Int64]
    let marks: [Int32]
    let rows: [[String]]
    let parts: [[UInt8]]
    let description: String

    init(
        loud: Bool = true,
        number: Int32 = -7,
        size: Int64? = 1 << 40,
        unit: String? = "km",
        ratio: Double = 0.25,
        done: Bool = true,
        data: [UInt8] = [1, 2, 3, 4, 5],
        nonce: TLInt128 = TLInt128(low: 1, high: 2),
        key: TLInt256 = TLInt256(low: TLInt128(low: 3, high: 4), high: TLInt128(low: 5, high: 6)),
        ids: [Int64] = [1, -2],
        marks: [Int32] = [3],
        rows: [[String]] = [["a", "b"], []],
        parts: [[UInt8]] = [[9], []],
        description: String = "text"
    ) {
        self.loud = loud
        self.number = number
        self.size = size
        self.unit = unit
        self.ratio = ratio
        self.done = done
        self.data = data
        self.nonce = nonce
        self.key = key
        self.ids = ids
        self.marks = marks
        self.rows = rows
        self.parts = parts
        self.description = description
    }

    init(from reader: inout TLReader) {
        reader.expect(0x5a3b_1e00, of: "Sample")
        let flags = reader.word()
        loud = flags & 0x1 != 0
        number = reader.int()
        size = flags & 0x2 != 0 ? reader.long() : nil
        unit = flags & 0x2 != 0 ? reader.string() : nil
        ratio = reader.double()
        done = reader.bool()
        data = reader.bytes()
        nonce = reader.int128()
        key = reader.int256()
        ids = reader.vectorOfLong()
        marks = reader.bareVector(of: Int32.self)
        rows = reader.vector(of: [String].self)
        parts = reader.vector { $0.bytes() }
        description = reader.string()
    }

    func encode(into writer: inout TLWriter) {
        if (size != nil) != (unit != nil) { writer.failIncompleteGroup("size, unit", of: "sample") }
        writer.reserve(12)
        writer.putWord(0x5a3b_1e00)
        writer.putWord((loud ? 0x1 : 0) | (size != nil ? 0x2 : 0))
        writer.putInt(number)
        if let size { writer.long(size) }
        if let unit { writer.string(unit) }
        writer.reserve(12)
        writer.putDouble(ratio)
        writer.putBool(done)
        writer.bytes(data)
        writer.reserve(48)
        writer.putInt128(nonce)
        writer.putInt256(key)
        writer.vectorOfLong(ids)
        writer.bareVector(marks)
        writer.vector(rows)
        writer.vector(parts) { $1.bytes($0) }
        writer.string(description)
    }

    func write(to target: inout some TextOutputStream) { target.write(testTable.text(of: self)) }

    /// A sample with other values in every field.
    static func random(using generator: inout SeededGenerator) -> Sample {
        let hasSize = Bool.random(using: &generator)
        func some<Element>(_ make: () -> Element) -> [Element] {
            (0..<Int.random(in: 0...5, using: &generator)).map { _ in make() }
        }
        func any<Integer: FixedWidthInteger>() -> Integer { .random(in: .min ... .max, using: &generator) }
        func text() -> String {
            String(
                String.UnicodeScalarView(
                    some { Unicode.Scalar(UInt32.random(in: 0..<0xD800, using: &generator)) ?? " " }
                )
            )
        }
        func int128() -> TLInt128 { TLInt128(low: any(), high: any()) }
        return Sample(
            loud: .random(using: &generator),
            number: any(),
            size: hasSize ? any() : nil,
            unit: hasSize ? text() : nil,
            ratio: .random(in: -1e9...1e9, using: &generator),
            done: .random(using: &generator),
            data: some(any),
            nonce: int128(),
            key: TLInt256(low: int128(), high: int128()),
            ids: some(any),
            marks: some(any),
            rows: some { some(text) },
            parts: some { some(any) },
            description: text()
        )
    }
}
