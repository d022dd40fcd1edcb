import Foundation
import FuzzTargets

/// Writes the inputs that fuzzing of the runtime starts from: `fuzz-runtime-seeds FOLDER` fills `FOLDER/fuzz-transport`
/// and so on, the same ones each time.
@main
enum FuzzRuntimeSeeds {
    static func main() throws {
        guard CommandLine.arguments.count == 2 else {
            FileHandle.standardError.write(Data("usage: fuzz-runtime-seeds FOLDER\n".utf8))
            exit(2)
        }
        let root = URL(filePath: CommandLine.arguments[1], directoryHint: .isDirectory)
        for (target, seeds) in RuntimeSeeds.all {
            let folder = root.appending(component: target, directoryHint: .isDirectory)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (index, seed) in seeds.enumerated() {
                try Data(seed).write(to: folder.appending(component: "seed-\(index)"))
            }
            print("\(target): \(seeds.count) seeds")
        }
    }
}
