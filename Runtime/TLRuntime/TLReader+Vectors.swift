extension TLReader {
    /// `Vector<T>`: the vector's number, a count, the elements with their numbers.
    @inlinable
    public mutating func vector<Element: TLCodable>(of type: Element.Type = Element.self) -> [Element] {
        expectVector()
        return bareVector(of: type)
    }

    /// `vector<T>`: a count and the elements, without the vector's number.
    @inlinable
    public mutating func bareVector<Element: TLCodable>(of type: Element.Type = Element.self) -> [Element] {
        var count = vectorCount()
        guard count > 0 else { return [] }
        var elements: [Element] = []
        elements.reserveCapacity(room(for: count))
        while count > 0 {
            let element = Element(from: &self)
            if hasFailed { return [] }
            elements.append(element)
            count -= 1
        }
        return elements
    }

    /// A vector whose elements are read by `element`: byte arrays, and constructors without their numbers.
    @inlinable
    public mutating func bareVector<Element>(element: (inout TLReader) -> Element) -> [Element] {
        var count = vectorCount()
        guard count > 0 else { return [] }
        var elements: [Element] = []
        elements.reserveCapacity(room(for: count))
        while count > 0 {
            let value = element(&self)
            if hasFailed { return [] }
            elements.append(value)
            count -= 1
        }
        return elements
    }

    /// `Vector<T>` whose elements are read by `element`.
    @inlinable
    public mutating func vector<Element>(element: (inout TLReader) -> Element) -> [Element] {
        expectVector()
        return bareVector(element: element)
    }

    /// `Vector<int>`, copied in one piece.
    public mutating func vectorOfInt() -> [Int32] {
        expectVector()
        return copiedVector(Int32.init(littleEndian:))
    }

    /// `Vector<long>`, copied in one piece.
    public mutating func vectorOfLong() -> [Int64] {
        expectVector()
        return copiedVector(Int64.init(littleEndian:))
    }

    /// Reads the number of `Vector`.
    @inlinable
    public mutating func expectVector() { expect(TLConstructorID.vector, of: "Vector") }

    /// A count that the bytes left can hold at four bytes an element; zero after a problem.
    public mutating func vectorCount() -> Int {
        let count = Int(int())
        guard count >= 0, count <= (end - cursor) / 4 else {
            if failure == nil { fail(.invalidCount(count: count, left: end - cursor, offset: cursor - start - 4)) }
            return 0
        }
        return count
    }

    /// How many of `count` elements get room in advance.
    @usableFromInline
    mutating func room(for count: Int) -> Int {
        let room = min(count, reservable)
        reservable -= room
        return room
    }

    private mutating func copiedVector<Element: FixedWidthInteger>(_ native: (Element) -> Element) -> [Element] {
        let count = vectorCount()
        let byteCount = count * MemoryLayout<Element>.size
        guard byteCount <= end - cursor else {
            fail(.invalidCount(count: count, left: end - cursor, offset: cursor - start - 4))
            return []
        }
        // All empty arrays are one object, and the initializer below would write to it, which other threads do, too.
        guard count > 0 else { return [] }
        let source = cursor
        cursor += byteCount
        return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            UnsafeMutableRawBufferPointer(buffer).copyMemory(
                from: UnsafeRawBufferPointer(start: source, count: byteCount)
            )
            initialized = count
            #if _endian(big)
                for index in 0..<count { buffer[index] = native(buffer[index]) }
            #endif
        }
    }
}
