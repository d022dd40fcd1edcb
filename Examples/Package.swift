// swift-tools-version: 6.1

import PackageDescription

// Programs that use the SDK, in a package of their own so that the products stay free of them.
let package = Package(
    name: "Examples",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-telegram", path: "..")],
    targets: [
        .executableTarget(
            name: "demo",
            dependencies: [.product(name: "TelegramAPI", package: "swift-telegram")],
            path: "Sources/Demo"
        ),
        .executableTarget(
            name: "first-program",
            dependencies: [.product(name: "TelegramAPI", package: "swift-telegram")],
            path: "Sources/FirstProgram"
        ),
    ]
)
