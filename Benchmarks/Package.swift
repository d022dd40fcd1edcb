// swift-tools-version: 6.1

import PackageDescription

// A package of its own, so that the products stay free of it. Run it with `make bench`.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-telegram", path: "..")],
    targets: [
        .executableTarget(
            name: "codec-benchmark",
            dependencies: [.product(name: "TelegramAPI", package: "swift-telegram")],
            path: "Sources/CodecBenchmark"
        )
    ]
)
