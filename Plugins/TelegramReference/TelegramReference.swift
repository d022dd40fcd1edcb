import Foundation
import PackagePlugin

/// `swift package telegram-reference`: writes the HTML reference of the package's folder `Schema`; what it can do is
/// said by `tlgen reference --help`, which `--help` shows.
@main
struct TelegramReference: CommandPlugin {
    /// Where the site goes unless somebody says otherwise: a folder that builds make anyway.
    private static let usualOutput = ".build/telegram-reference"

    func performCommand(context: PluginContext, arguments: [String]) throws {
        let package = context.package.directoryURL
        var tool = ["reference", "--schema-dir", package.appending(path: "Schema").path(percentEncoded: false)]
        let isOutputGiven = arguments.contains { $0 == "--output" || $0.hasPrefix("--output=") }
        let isHelp = arguments.contains("--help") || arguments.contains("-h")
        let usual = package.appending(path: Self.usualOutput).path(percentEncoded: false)
        if !isOutputGiven { tool += ["--output", usual] }
        let process = Process()
        process.executableURL = try context.tool(named: "tlgen").url
        // In front, so that a '--' among the arguments does not reach them.
        process.arguments = tool + arguments
        process.currentDirectoryURL = package
        try process.run()
        process.waitUntilExit()
        // The tool has said what is wrong; a plugin fails by throwing.
        guard process.terminationStatus == 0 else { throw ReferenceFailed(status: process.terminationStatus) }
        if !isOutputGiven, !isHelp { print("open \(usual)/index.html") }
    }

    private struct ReferenceFailed: Error, CustomStringConvertible {
        let status: Int32
        var description: String { "the reference was not written: tlgen ended with \(status)" }
    }
}
