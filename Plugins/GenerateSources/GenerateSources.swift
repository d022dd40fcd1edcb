import Foundation
import PackagePlugin

/// `swift package generate-telegram-api`: writes the generated sources somewhere readable, for those who want to read
/// or keep them. Builds do not need it.
@main
struct GenerateSources: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) throws {
        var extractor = ArgumentExtractor(arguments)
        if extractor.extractFlag(named: "help") > 0 {
            print(Self.help)
            return
        }
        let wanted = extractor.extractOption(named: "target")
        let outputs = extractor.extractOption(named: "output")
        if let unexpected = extractor.remainingArguments.first {
            throw ConfigurationError("unexpected argument '\(unexpected)'\n\(Self.help)")
        }
        guard outputs.count <= 1 else {
            throw ConfigurationError("'--output' was given \(outputs.count) times, expected once\n\(Self.help)")
        }
        // As everywhere, a path that starts with a slash stands for itself.
        let folder = URL(filePath: outputs.first ?? ".build/telegram-api", relativeTo: context.package.directoryURL)
        let located = try LocatedConfiguration(package: context.package.directoryURL)
        let targets = wanted.isEmpty ? located.targets : wanted
        // All names are looked up before anything is written.
        for target in targets { _ = try located.configuration(of: target) }
        let tool = try context.tool(named: "tlgen").url
        for target in targets {
            let output = folder.appending(path: target).absoluteURL
            let process = Process()
            process.executableURL = tool
            process.arguments = located.arguments(target: target, output: output)
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                throw ConfigurationError("the sources for '\(target)' could not be generated")
            }
            print("\(target): \(output.path(percentEncoded: false))")
        }
    }

    private static let help = """
        usage: swift package --allow-writing-to-package-directory
                   generate-telegram-api [--target NAME]... [--output DIR]

        Writes the generated sources into DIR/NAME for all targets of
        Schema/tlgen.json, or for those named. Builds do not need them.

          --target NAME    a target to generate, may be given several times
          --output DIR     the folder, relative to the package; '.build/telegram-api'
                           unless given

        Without --allow-writing-to-package-directory the package manager asks first, or
        refuses where it cannot ask.
        """
}
