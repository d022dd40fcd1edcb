import Foundation
import TLRuntime
import Testing

@Suite("Memory for dishonest counts")
struct ReservationTests {
    @Test func honestCountsGetTheirRoomAtOnce() throws {
        let numbers = [Int32](repeating: 1, count: 1_000)
        let decoded = try [Int32](decoding: numbers.encoded())
        #expect(decoded.capacity >= 1_000 && decoded.capacity < 2_000)
    }

    @Test func innerVectorsOfHonestBytesStillGetRoom() throws {
        let rows = [[Int32]](repeating: [Int32](repeating: 1, count: 300), count: 20)
        let decoded = try [[Int32]](decoding: rows.encoded())
        // Growing step by step would double the room and end at 512 or so.
        for row in decoded { #expect(row.capacity < 400) }
    }

    @Test func roomIsNeverMoreThanTheBytesCouldFill() throws {
        // The outer count is as large as the bytes allow and wrong; it fails, but only after the inner vectors were
        // read.
        var bytes = words(5)
        for _ in 0..<4 { bytes += words(TLConstructorID.vector, 1, 9) }
        var capacities: [Int] = []
        let error = readingError(bytes) { reader in
            _ = reader.bareVector { reader in
                let inner = reader.vector(of: Int32.self)
                capacities.append(inner.capacity)
                return inner
            }
        }
        #expect(error == .unexpectedEnd(needed: 4, left: 0, offset: 52))
        #expect(capacities.count == 5)
        #expect(capacities.allSatisfy { $0 < 16 })
    }

    #if os(Linux)
        /// The size of the address space, which reserving enlarges even when the memory is never touched.
        private static func allocated() -> Int {
            let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
            return text.split(separator: " ").first.flatMap { Int($0) }.map { $0 * 4_096 } ?? 0
        }

        @Test func nestedDishonestCountsDoNotMultiply() throws {
            let size = 64 << 20
            var bytes: [UInt8] = []
            bytes.reserveCapacity(size)
            for _ in 0..<100 { bytes += words(TLConstructorID.vector, UInt32(size / 4 - 1_000)) }
            bytes += [UInt8](repeating: 0, count: size - bytes.count)
            let before = Self.allocated()
            #expect(before > size)
            var peak: Int?
            func nested(_ reader: inout TLReader) -> Int64 {
                if reader.nextWord() == TLConstructorID.vector {
                    return reader.vector { nested(&$0) }.first ?? 0
                }
                peak = Self.allocated() - before
                reader.expect(1, of: "Nested")
                return 0
            }
            let error = readingError(bytes) { nested(&$0) }
            #expect(error == .unknownConstructor(id: 0, expected: "Nested", offset: 800))
            // Twice the size for the outermost vector, and two hundred times the size if the others got room as well.
            // Tests that run at the same time take some.
            let reserved = try #require(peak)
            #expect(reserved < 8 * size)
        }
    #endif
}
