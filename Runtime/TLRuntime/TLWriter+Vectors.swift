extension TLWriter {
    /// `Vector<T>`: the vector's number, a count, the elements with their numbers.
    @inlinable
    public mutating func vector<Element: TLCodable>(_ elements: [Element]) {
        word(TLConstructorID.vector)
        bareVector(elements)
    }

    /// `vector<T>`: a count and the elements, without the vector's number.
    @inlinable
    public mutating func bareVector<Element: TLCodable>(_ elements: [Element]) {
        vectorCount(elements.count)
        for element in elements { element.encode(into: &self) }
    }

    /// A vector whose elements are written by `element`: byte arrays, and constructors without their numbers.
    @inlinable
    public mutating func bareVector<Element>(_ elements: [Element], element: (Element, inout TLWriter) -> Void) {
        vectorCount(elements.count)
        for value in elements { element(value, &self) }
    }

    /// `Vector<T>` whose elements are written by `element`.
    @inlinable
    public mutating func vector<Element>(_ elements: [Element], element: (Element, inout TLWriter) -> Void) {
        word(TLConstructorID.vector)
        bareVector(elements, element: element)
    }

    /// `Vector<int>`, copied in one piece.
    public mutating func vectorOfInt(_ elements: [Int32]) {
        word(TLConstructorID.vector)
        vectorCount(elements.count)
        #if _endian(little)
            elements.withUnsafeBytes { raw($0) }
        #else
            for element in elements { int(element) }
        #endif
    }

    /// `Vector<long>`, copied in one piece.
    public mutating func vectorOfLong(_ elements: [Int64]) {
        word(TLConstructorID.vector)
        vectorCount(elements.count)
        #if _endian(little)
            elements.withUnsafeBytes { raw($0) }
        #else
            for element in elements { long(element) }
        #endif
    }

    /// The count of a vector.
    public mutating func vectorCount(_ count: Int) {
        guard let small = Int32(exactly: count) else {
            fail(.tooManyElements(count: count))
            return
        }
        int(small)
    }
}
