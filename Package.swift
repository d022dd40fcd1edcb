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
        .library(name: "Telegram", targets: ["Telegram"]),
        .library(name: "TelegramAPI", targets: ["TelegramAPI"]),
        .library(name: "TelegramTesting", targets: ["TelegramTesting"]),
        .library(name: "TLRuntime", targets: ["TLRuntime"]),
        // For Tests/Fuzz, a package of its own; the rest of the generator is used through the tool.
        .library(name: "TLSchema", targets: ["TLSchema"]),
        .executable(name: "tlgen", targets: ["tlgen"]),
        .plugin(name: "GenerateTelegramAPI", targets: ["GenerateTelegramAPI"]),
        .plugin(name: "GenerateSources", targets: ["GenerateSources"]),
        .plugin(name: "BumpLayer", targets: ["BumpLayer"]),
        .plugin(name: "TelegramReference", targets: ["TelegramReference"]),
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

        // MARK: Plugins
        .plugin(
            name: "GenerateTelegramAPI",
            capability: .buildTool(),
            dependencies: ["tlgen"],
            path: "Plugins/GenerateTelegramAPI"
        ),
        .plugin(
            name: "GenerateSources",
            capability: .command(
                intent: .custom(
                    verb: "generate-telegram-api",
                    description: "Write the generated Swift sources into a folder."
                ),
                permissions: [.writeToPackageDirectory(reason: "The generated sources are written into the package.")]
            ),
            dependencies: ["tlgen"],
            path: "Plugins/GenerateSources"
        ),
        .plugin(
            name: "TelegramReference",
            capability: .command(
                intent: .custom(verb: "telegram-reference", description: "Write the HTML reference."),
                permissions: [.writeToPackageDirectory(reason: "The reference is written into the package.")]
            ),
            dependencies: ["tlgen"],
            path: "Plugins/TelegramReference"
        ),
        .plugin(
            name: "BumpLayer",
            capability: .command(
                intent: .custom(
                    verb: "bump-layer",
                    description: "Take over a new TL schema and show what changes."
                ),
                permissions: [.writeToPackageDirectory(reason: "The new schema is written into the folder Schema.")]
            ),
            dependencies: ["tlgen"],
            path: "Plugins/BumpLayer"
        ),

        // MARK: Runtime
        .target(name: "TLRuntime", path: "Runtime/TLRuntime", swiftSettings: settings),
        .target(
            name: "TelegramAPI",
            dependencies: ["TLRuntime"],
            path: "Runtime/TelegramAPI",
            swiftSettings: settings,
            plugins: ["GenerateTelegramAPI"]
        ),
        .systemLibrary(name: "CMTProtoLinux", path: "Runtime/System/CMTProtoLinux"),
        .systemLibrary(
            name: "CMTProtoOpenSSL",
            path: "Runtime/System/CMTProtoOpenSSL",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
        ),
        .systemLibrary(
            name: "CMTProtoZlib",
            path: "Runtime/System/CMTProtoZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
        ),
        .target(
            name: "MTProtoCrypto",
            dependencies: ["CMTProtoOpenSSL", "CMTProtoZlib"],
            path: "Runtime/MTProtoCrypto",
            swiftSettings: settings
        ),
        .target(
            name: "MTProto",
            dependencies: [
                .target(name: "CMTProtoLinux", condition: .when(platforms: [.linux])), "MTProtoCrypto", "TLRuntime",
            ],
            path: "Runtime/MTProto",
            swiftSettings: settings,
            plugins: ["GenerateTelegramAPI"]
        ),
        .target(
            name: "Telegram",
            dependencies: ["MTProto", "MTProtoCrypto", "TLRuntime", "TelegramAPI"],
            path: "Runtime/Telegram",
            swiftSettings: settings
        ),
        .target(
            name: "TelegramTesting",
            dependencies: ["MTProto", "MTProtoCrypto", "Telegram", "TelegramAPI", "TLRuntime"],
            path: "Runtime/TelegramTesting",
            swiftSettings: settings,
            plugins: ["GenerateTelegramAPI"]
        ),

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
        .testTarget(
            name: "tlgenTests",
            dependencies: ["tlgen", "TLSchema"],
            path: "Tests/tlgenTests",
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
        .testTarget(
            name: "MTProtoCryptoTests",
            dependencies: ["MTProtoCrypto"],
            path: "Tests/MTProtoCryptoTests",
            swiftSettings: settings
        ),
        .testTarget(
            name: "MTProtoTests",
            dependencies: ["MTProto", "MTProtoCrypto", "TLRuntime"],
            path: "Tests/MTProtoTests",
            swiftSettings: settings
        ),
        // The client's runtime against the server: real sockets, real encryption.
        .testTarget(
            name: "TelegramTestingTests",
            dependencies: ["MTProto", "MTProtoCrypto", "TelegramAPI", "TelegramTesting", "TLRuntime"],
            path: "Tests/TelegramTestingTests",
            swiftSettings: settings
        ),
        .testTarget(
            name: "TelegramTests",
            dependencies: [
                "MTProto", "MTProtoCrypto", "TLRuntime", "Telegram", "TelegramAPI", "TelegramTesting", "session-writer",
            ],
            path: "Tests/TelegramTests",
            swiftSettings: settings
        ),
        .testTarget(
            name: "TelegramAPITests",
            dependencies: ["TelegramAPI", "TelegramTesting", "TLRuntime", "TLSchema"],
            path: "Tests/TelegramAPITests",
            swiftSettings: settings
        ),
        // The server as a process, for clients in other languages: see Tests/Interop.
        .executableTarget(
            name: "interop-server",
            dependencies: ["Telegram", "TelegramTesting"],
            path: "Tests/InteropServer",
            swiftSettings: settings
        ),
        // Here and not in the package Benchmarks, because it needs what is not public.
        .executableTarget(
            name: "protocol-benchmark",
            dependencies: ["CMTProtoOpenSSL", "MTProto", "MTProtoCrypto", "TelegramAPI", "TelegramTesting"],
            path: "Benchmarks/Protocol",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "session-benchmark",
            dependencies: ["Telegram"],
            path: "Benchmarks/Sessions",
            swiftSettings: settings
        ),
        // Writes sessions until somebody kills it: see the tests of FileSession.
        .executableTarget(
            name: "session-writer",
            dependencies: ["Telegram"],
            path: "Tests/SessionWriter",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "tl-roundtrip",
            dependencies: ["TelegramAPI", "TelegramTesting"],
            path: "Tests/RoundTrip",
            swiftSettings: settings
        ),
        // What decoders promise, for Tests/Fuzz, which is a package of its own and sees only products.
        .target(
            name: "FuzzTargets",
            dependencies: ["MTProto", "MTProtoCrypto", "TLRuntime", "TelegramTesting"],
            path: "Tests/FuzzTargets",
            swiftSettings: settings
        ),
        .testTarget(
            name: "FuzzTargetsTests",
            dependencies: ["FuzzTargets"],
            path: "Tests/FuzzTargetsTests",
            swiftSettings: settings
        ),
    ]
)

// Nobody else needs it, so it is a product only while fuzzing: Tests/Fuzz/run.sh sets the variable.
if Context.environment["SWIFT_TELEGRAM_FUZZING"] != nil {
    package.products.append(.library(name: "FuzzTargets", targets: ["FuzzTargets"]))
}
