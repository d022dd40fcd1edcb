import TelegramAPI

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Decodes and encodes a page of 100 messages until the numbers are steady, and prints one line of JSON:
/// megabytes (10^6 bytes) per second of processor time, best of several rounds.
///
/// Usage: `codec-benchmark FILE`, where FILE holds an encoded `messages.Messages`.
@main
struct CodecBenchmark {
    static func main() throws {
        guard CommandLine.arguments.count == 2, let page = read(CommandLine.arguments[1]) else {
            print("usage: codec-benchmark FILE")
            exit(2)
        }
        let value = try TL.messages.Messages(decoding: page)
        guard try value.encoded() == page else {
            print("error: the page does not encode to the bytes it was decoded from")
            exit(1)
        }
        let decode = try megabytesPerSecond(page.count) { _ = try TL.messages.Messages(decoding: page) }
        let encode = try megabytesPerSecond(page.count) { _ = try value.encoded() }
        // A copy of the page is the limit of what any codec with owned results could reach.
        var copies: [[UInt8]] = []
        let copy = try megabytesPerSecond(page.count) { copies = [Array(page[0...])] }
        _ = copies
        print(
            "{\"decode_mb_s\": \(decode), \"encode_mb_s\": \(encode), \"copy_mb_s\": \(copy), \"bytes\": \(page.count)}"
        )
    }

    /// Best of seven rounds of at least 0.3 seconds.
    private static func megabytesPerSecond(_ bytes: Int, _ body: () throws -> Void) throws -> Int {
        var best = 0.0
        for _ in 0..<7 {
            let start = processorSeconds()
            var runs = 0
            while processorSeconds() - start < 0.3 {
                for _ in 0..<50 { try body() }
                runs += 50
            }
            best = max(best, Double(bytes * runs) / (processorSeconds() - start) / 1_000_000)
        }
        return Int(best)
    }

    private static func processorSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

    /// Reads through a large buffer, and that on purpose: until a program has freed one block of more than 128 KB,
    /// glibc gives the top of the heap back to the system after every larger `free`, and the loops here would measure
    /// page faults instead of the codec. Any program that talks to a network has done so long before it matters.
    private static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[0..<count] }
        return bytes
    }
}
