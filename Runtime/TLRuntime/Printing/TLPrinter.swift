/// Turns encoded values into text with the help of a ``TLFieldTable``.
///
/// It keeps its own stack: values that just fit the decoder's nesting limit take more of the thread's than there may
/// be.
struct TLPrinter {
    /// The decoder counts only types that can contain themselves; here every constructor and vector counts.
    private static let deepestNesting = 4 * TLReader.depthLimit

    /// A list of which some items are still unread.
    private enum Frame {
        case fields(TLFieldTable.Entry, next: Int, flags: [String: UInt32])
        case elements(type: ArraySlice<UInt8>, left: Int)
    }

    private let table: TLFieldTable
    private var frames: [Frame] = []
    private var layout = TLTextLayout()

    private init(table: TLFieldTable) { self.table = table }

    /// The text of one boxed value, with a remark at the end if the bytes are not one.
    static func text(of bytes: UnsafeRawBufferPointer, with table: TLFieldTable) -> String {
        var reader = TLReader(bytes)
        var printer = TLPrinter(table: table)
        printer.boxed("", &reader)
        while let frame = printer.frames.popLast() { printer.proceed(with: frame, &reader) }
        let text = printer.layout.text
        do throws(TLDecodingError) {
            try reader.finish()
            return text
        } catch {
            return text + " // \(error)"
        }
    }

    // MARK: - Lists

    /// Reads the next item of a list and puts the rest back, or ends the list.
    private mutating func proceed(with frame: Frame, _ reader: inout TLReader) {
        switch frame {
        case .fields(let entry, let next, var flags):
            for index in next..<entry.fields.count where !reader.hasFailed {
                let field = entry.fields[index]
                if let (word, bit) = field.condition, (flags[word] ?? 0) >> bit & 1 == 0 { continue }
                if field.type == [Self.flagsWord] {
                    flags[field.name] = reader.word()
                    continue
                }
                frames.append(.fields(entry, next: index + 1, flags: flags))
                value(of: field.type[...], field.name, &reader)
                return
            }
            layout.close(")")
        case .elements(let type, let left):
            guard left > 0, !reader.hasFailed else {
                layout.close("]")
                return
            }
            frames.append(.elements(type: type, left: left - 1))
            value(of: type, "", &reader)
        }
    }

    private mutating func vector(of type: ArraySlice<UInt8>, _ name: String, _ reader: inout TLReader) {
        layout.open("[", name: name)
        frames.append(.elements(type: type, left: reader.vectorCount()))
    }

    private mutating func constructor(_ entry: TLFieldTable.Entry, _ name: String) {
        if entry.fields.isEmpty {
            layout.add(entry.name, name: name)
        } else {
            layout.open(entry.name + "(", name: name)
            frames.append(.fields(entry, next: 0, flags: [:]))
        }
    }

    // MARK: - Values

    private static let flagsWord = UInt8(ascii: "#")
    private static let anything = UInt8(ascii: "*")
    private static let unreadable = "?"

    private mutating func value(of type: ArraySlice<UInt8>, _ name: String, _ reader: inout TLReader) {
        if frames.count > Self.deepestNesting {
            reader.fail(.tooDeep(limit: Self.deepestNesting, offset: reader.offset))
        }
        switch type.first {
        case UInt8(ascii: "v"):
            reader.expectVector()
            vector(of: type.dropFirst(), name, &reader)
        case UInt8(ascii: "w"):
            vector(of: type.dropFirst(), name, &reader)
        case UInt8(ascii: "%"):
            let constructorName = type.dropFirst().prefix { $0 != UInt8(ascii: ";") }
            bare(String(decoding: constructorName, as: UTF8.self), name, &reader)
        default:
            guard let text = scalar(type.first, &reader) else { return boxed(name, &reader) }
            // After a problem the reader yields zeros, which were not in the bytes.
            layout.add(reader.hasFailed ? Self.unreadable : text, name: name)
        }
    }

    private mutating func boxed(_ name: String, _ reader: inout TLReader) {
        let number = reader.word()
        switch number {
        case TLConstructorID.boolTrue: layout.add("true", name: name)
        case TLConstructorID.boolFalse: layout.add("false", name: name)
        case TLConstructorID.vector: vector(of: [Self.anything], name, &reader)
        default:
            guard !reader.hasFailed, let entry = table.entry(number) else {
                reader.failUnknownConstructor(expected: "Object")
                layout.add(Self.unreadable, name: name)
                return
            }
            constructor(entry, name)
        }
    }

    /// A constructor without its number.
    private mutating func bare(_ constructorName: String, _ name: String, _ reader: inout TLReader) {
        guard !reader.hasFailed, let number = table.number(named: constructorName), let entry = table.entry(number)
        else {
            reader.fail(.unknownConstructor(id: 0, expected: constructorName, offset: reader.offset))
            layout.add(Self.unreadable, name: name)
            return
        }
        constructor(entry, name)
    }

    /// The text of a value without fields; `nil` when the type is one with a number of its own.
    private func scalar(_ type: UInt8?, _ reader: inout TLReader) -> String? {
        switch type {
        case UInt8(ascii: "i"): String(reader.int())
        case UInt8(ascii: "l"): String(reader.long())
        case UInt8(ascii: "d"): String(reader.double())
        case UInt8(ascii: "s"): Self.quoted(reader.string())
        case UInt8(ascii: "b"): Self.hex(reader.bytes())
        case UInt8(ascii: "B"): String(reader.bool())
        case UInt8(ascii: "o"): Self.hex(reader.int128().bytes)
        case UInt8(ascii: "h"): Self.hex(reader.int256().bytes)
        case UInt8(ascii: "t"): "true"
        default: nil
        }
    }

    /// Swift's escapes, but for the apostrophe, which needs none between double quotes and is in every other text.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars { result += scalar == "'" ? "'" : scalar.escaped(asASCII: false) }
        return result + "\""
    }

    /// The first bytes in hex, and how many there are when that is not all.
    private static func hex(_ bytes: [UInt8]) -> String {
        let shown = 32
        var text = "0x"
        for byte in bytes.prefix(shown) { text += (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        return bytes.count > shown ? text + "... (\(bytes.count) bytes)" : text
    }
}
