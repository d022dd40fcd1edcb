import Foundation
import PackagePlugin

/// `swift package bump-layer NEW.tl`: takes over a new schema into the folder `Schema` of the package; the rest is said
/// by `tlgen bump --help`, which `--help` shows.
@main
struct BumpLayer: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) throws {
        let process = Process()
        process.executableURL = try context.tool(named: "tlgen").url
        let schema = context.package.directoryURL.appending(path: "Schema").path(percentEncoded: false)
        // In front, so that a '--' among the arguments does not reach them.
        process.arguments = ["bump", "--schema-dir", schema] + arguments
        try process.run()
        process.waitUntilExit()
        // The tool has said what is wrong; a plugin fails by throwing.
        guard process.terminationStatus == 0 else { throw BumpFailed(status: process.terminationStatus) }
    }

    private struct BumpFailed: Error, CustomStringConvertible {
        let status: Int32
        var description: String { "the layer was not bumped: tlgen ended with \(status)" }
    }
}
