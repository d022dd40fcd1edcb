import Foundation
import Testing

/// The built `tlgen`, run as its users run it.
enum Tool {
    /// How a run ended, and what it said where.
    struct Outcome: Sendable, Equatable {
        let status: Int32
        /// Standard output.
        let output: String
        /// Standard error.
        let errors: String

        /// The lines on standard error.
        var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
    }

    /// Where the build put it: beside the test bundle.
    ///
    /// What leads to the bundle differs: on Linux it is the running executable, on macOS an argument of the program
    /// that loads it. On macOS the executable lies some folders deeper, within the bundle.
    private static let executable: URL? = {
        let starts = CommandLine.arguments.map { URL(filePath: $0) } + Bundle.allBundles.map(\.bundleURL)
        for start in starts {
            var folder = start.standardizedFileURL
            for _ in 0..<4 {
                folder.deleteLastPathComponent()
                let candidate = folder.appending(component: "tlgen")
                let path = candidate.path(percentEncoded: false)
                var isFolder: ObjCBool = false
                guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
                    continue
                }
                if FileManager.default.isExecutableFile(atPath: path) { return candidate }
            }
        }
        return nil
    }()

    /// Runs the tool in a folder. Standard input is empty unless given, so nothing ever waits for it.
    static func run(_ arguments: String..., in folder: Scratch, input: [UInt8] = []) async throws -> Outcome {
        try await run(arguments, in: folder, input: input)
    }

    /// Runs the tool in a folder, with standard output elsewhere if `output` is given.
    static func run(
        _ arguments: [String],
        in folder: Scratch,
        input: [UInt8] = [],
        output: FileHandle? = nil
    ) async throws -> Outcome {
        let process = Process()
        let tool: URL = try #require(executable, "tlgen is not beside the test bundle; build it first")
        process.executableURL = tool
        process.arguments = arguments
        process.currentDirectoryURL = folder.url
        // Files, not pipes: a pipe that nobody empties stops the tool.
        let streams = Scratch()
        try streams.write(input, to: "in")
        try streams.write("", to: "out")
        try streams.write("", to: "err")
        process.standardInput = try FileHandle(forReadingFrom: streams.url(of: "in"))
        process.standardOutput = try output ?? FileHandle(forWritingTo: streams.url(of: "out"))
        process.standardError = try FileHandle(forWritingTo: streams.url(of: "err"))
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do {
                try process.run()
            } catch {
                ended.resume(throwing: error)
            }
        }
        #expect(process.terminationReason == .exit, "the tool crashed")
        return Outcome(
            status: process.terminationStatus,
            output: try streams.text("out"),
            errors: try streams.text("err")
        )
    }
}
