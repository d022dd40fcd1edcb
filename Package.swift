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
    ],
    targets: [
        // MARK: Generator
        .target(name: "TLSchema", path: "Generator/TLSchema", swiftSettings: settings),

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
            name: "TLRuntimeTests",
            dependencies: ["TLRuntime"],
            path: "Tests/TLRuntimeTests",
            swiftSettings: settings
        ),
    ]
)
