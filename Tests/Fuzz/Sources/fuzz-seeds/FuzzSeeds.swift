import Foundation
import RepositorySchemas
import TLSchema

/// Writes the inputs that fuzzing starts from: `fuzz-seeds FOLDER` fills `FOLDER/fuzz-schema` and so on.
///
/// They are made from the schema folder of the repository, the same ones each time.
@main
struct FuzzSeeds {
    private let folder: URL

    static func main() throws {
        guard CommandLine.arguments.count == 2 else {
            FileHandle.standardError.write(Data("usage: fuzz-seeds FOLDER\n".utf8))
            exit(2)
        }
        let seeds = FuzzSeeds(folder: URL(filePath: CommandLine.arguments[1], directoryHint: .isDirectory))
        try seeds.write(SchemaSeeds.all(), for: "fuzz-schema")
        try seeds.write(TableSeeds.all(), for: "fuzz-tables")
        let values = ValueSeeds.all()
        try seeds.write(values, for: "fuzz-reader")
        // The first byte of an input for the inspector picks a type; this one leaves the choice to the number.
        try seeds.write(values.map { [0xFF] + $0 }, for: "fuzz-inspect")
    }

    private func write(_ inputs: [[UInt8]], for target: String) throws {
        let folder = folder.appending(component: target, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (index, input) in inputs.enumerated() {
            try Data(input).write(to: folder.appending(component: "seed-\(index)"))
        }
        print("\(target): \(inputs.count) seeds")
    }
}
