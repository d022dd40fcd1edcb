// swift-tools-version: 6.1

import PackageDescription

// A package of its own, because only a root package may pass flags to the linker. Build and run it with `run.sh`, which
// also turns on what libFuzzer needs in all modules.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let targets: Target.Dependency = .product(name: "FuzzTargets", package: "swift-telegram")
let schema: Target.Dependency = .product(name: "TLSchema", package: "swift-telegram")

func fuzzTarget(_ name: String, dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name,
        dependencies: ["FuzzDriver"] + dependencies,
        swiftSettings: settings,
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
    )
}

let package = Package(
    name: "Fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-telegram", path: "../..")],
    targets: [
        .target(name: "CLibFuzzer"),
        .target(name: "FuzzDriver", dependencies: ["CLibFuzzer"], swiftSettings: settings),
        .target(name: "RepositorySchemas", dependencies: [schema], swiftSettings: settings),
        .target(name: "SchemaRules", dependencies: [schema], swiftSettings: settings),
        .target(
            name: "CodecRules",
            dependencies: [
                schema,
                .product(name: "TelegramAPI", package: "swift-telegram"),
                .product(name: "TelegramTesting", package: "swift-telegram"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(name: "fuzz-seeds", dependencies: ["RepositorySchemas", schema], swiftSettings: settings),
        .executableTarget(name: "fuzz-runtime-seeds", dependencies: [targets], swiftSettings: settings),
        fuzzTarget("fuzz-schema", dependencies: ["SchemaRules"]),
        fuzzTarget("fuzz-tables", dependencies: ["SchemaRules"]),
        fuzzTarget("fuzz-inspect", dependencies: ["SchemaRules", "RepositorySchemas", schema]),
        fuzzTarget("fuzz-reader", dependencies: ["CodecRules", "RepositorySchemas", schema]),
        fuzzTarget("fuzz-transport", dependencies: [targets]),
        fuzzTarget("fuzz-proxy", dependencies: [targets]),
        fuzzTarget("fuzz-key-exchange", dependencies: [targets]),
        fuzzTarget("fuzz-session", dependencies: [targets]),
        fuzzTarget("fuzz-server-session", dependencies: [targets]),
        fuzzTarget("fuzz-crypto", dependencies: [targets]),
    ]
)
