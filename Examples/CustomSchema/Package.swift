// swift-tools-version: 6.1

import PackageDescription

let package = Package(
    name: "CustomSchema",
    platforms: [.macOS(.v15)],
    dependencies: [
        // In a package of your own: .package(url: ..., from: ...)
        .package(name: "swift-telegram", path: "../..")
    ],
    targets: [
        .executableTarget(
            name: "TelescopeLibrary",
            dependencies: [.product(name: "TLRuntime", package: "swift-telegram")],
            plugins: [.plugin(name: "GenerateTelegramAPI", package: "swift-telegram")]
        )
    ]
)
