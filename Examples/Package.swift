// swift-tools-version: 6.1

import PackageDescription

let telegram: Target.Dependency = .product(name: "Telegram", package: "swift-telegram")
let testing: Target.Dependency = .product(name: "TelegramTesting", package: "swift-telegram")

// Programs that use the SDK, in a package of their own so that the products stay free of them.
let package = Package(
    name: "Examples",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-telegram", path: "..")],
    targets: [
        .executableTarget(name: "demo", dependencies: [telegram, testing], path: "Sources/Demo"),
        .executableTarget(name: "first-program", dependencies: [telegram, testing], path: "Sources/FirstProgram"),
        .executableTarget(name: "sign-in", dependencies: [telegram], path: "Sources/SignIn"),
        .executableTarget(name: "catch-errors", dependencies: [telegram, testing], path: "Sources/CatchErrors"),
        .target(name: "EchoBot", dependencies: [telegram]),
        .executableTarget(name: "echo-bot", dependencies: ["EchoBot", telegram], path: "Sources/RunEchoBot"),
        .testTarget(name: "OfflineBotTest", dependencies: ["EchoBot", telegram, testing]),
    ]
)
