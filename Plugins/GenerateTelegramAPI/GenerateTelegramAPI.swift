import Foundation
import PackagePlugin

/// Runs `tlgen` before a target is compiled, whenever one of its inputs has changed.
///
/// The configuration is `Schema/tlgen.json` in the package of the target, or `tlgen.json` at its top; its entry for the
/// target's name says what to generate.
@main
struct GenerateTelegramAPI: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let located = try LocatedConfiguration(package: context.package.directoryURL)
        let configuration = try located.configuration(of: target.name)
        let output = context.pluginWorkDirectoryURL
        return [
            .buildCommand(
                displayName:
                    "Generating Swift for \(target.name) from \(configuration.schema.joined(separator: ", "))",
                executable: try context.tool(named: "tlgen").url,
                // The package manager keeps a plan while only the configuration changes. What was planned goes along,
                // so that the tool notices when the plan is out of date.
                arguments: located.arguments(target: target.name, output: output) + ["--planned"]
                    + configuration.inputs + configuration.outputs,
                inputFiles: located.inputs(of: configuration),
                outputFiles: configuration.outputs.map { output.appending(path: $0) }
            )
        ]
    }
}
