// swift-tools-version: 6.1

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "swift-telegram",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "TLRuntime", targets: ["TLRuntime"]),
        // For Tests/Fuzz, a package of its own; the rest of the generator is used through the tool.
        .library(name: "TLSchema", targets: ["TLSchema"]),
        .executable(name: "tlgen", targets: ["tlgen"]),
    ],
    targets: [
        // MARK: Generator
        .target(name: "TLSchema", path: "Generator/TLSchema", swiftSettings: settings),
        .target(
            name: "TLGenerator",
            dependencies: ["TLSchema"],
            path: "Generator/TLGenerator",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "tlgen",
            dependencies: ["TLGenerator", "TLSchema"],
            path: "Generator/tlgen",
            swiftSettings: settings
        ),

        // MARK: Runtime
        .target(name: "TLRuntime", path: "Runtime/TLRuntime", swiftSettings: settings),

        // MARK: Tests
        .testTarget(
            name: "TLSchemaTests",
            dependencies: ["TLSchema"],
            path: "Tests/TLSchemaTests",
            swiftSettings: settings
        ),
        .testTarget(
            name: "TLGeneratorTests",
            dependencies: ["TLGenerator", "TLSchema"],
            path: "Tests/TLGeneratorTests",
            exclude: ["Golden/Schema"],
            swiftSettings: settings
        ),
        // What the golden schema generates, compiled: a golden file that does not work cannot be committed.
        .target(
            name: "GoldenSources",
            dependencies: ["TLRuntime"],
            path: "Tests/GoldenSources",
            swiftSettings: settings
        ),
        .testTarget(
            name: "GoldenSourcesTests",
            dependencies: ["GoldenSources", "TLRuntime"],
            path: "Tests/GoldenSourcesTests",
            swiftSettings: settings
        ),
        .testTarget(
            name: "TLRuntimeTests",
            dependencies: ["TLRuntime"],
            path: "Tests/TLRuntimeTests",
            swiftSettings: settings
        ),
    ]
)
