#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What a client says about the machine it runs on, unless the program knows better.
enum DeviceDescription {
    /// `PC 64bit`, or the name of the processor: `arm64`.
    static let model: String =
        switch system.machine {
        case "x86_64", "amd64": "PC 64bit"
        case "i386", "i486", "i586", "i686": "PC 32bit"
        case "": "Unknown"
        default: system.machine
        }

    /// The release of the operating system without what distributions add: `6.8.0`.
    static let systemVersion: String = {
        let release = system.release.prefix { $0 != "-" }
        return release.isEmpty ? "1.0" : String(release)
    }()

    private static let system: (machine: String, release: String) = {
        var name = utsname()
        guard uname(&name) == 0 else { return ("", "") }
        return (text(of: &name.machine), text(of: &name.release))
    }()

    /// The fields are tuples of characters that end with zero.
    private static func text<Field>(of field: inout Field) -> String {
        withUnsafeBytes(of: &field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
