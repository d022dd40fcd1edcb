import MTProtoCrypto
import Telegram

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A folder for one test, which is removed with everything in it when the test ends.
final class ScratchFolder: Sendable {
    let path: String

    init() {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        path = "\(folder)/telegram-tests-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        mkdir(path, 0o700)
    }

    deinit {
        for name in files { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    /// The names of what is there.
    var files: [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }
}

/// Files as bytes.
enum RawFile {
    static func read(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "rb") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return bytes
    }

    static func write(_ bytes: [UInt8], to path: String) {
        guard let file = fopen(path, "wb") else { return }
        defer { fclose(file) }
        fwrite(bytes, 1, bytes.count, file)
    }

    static func mode(_ path: String) -> mode_t {
        var info = stat()
        return lstat(path, &info) == 0 ? info.st_mode & 0o7777 : 0
    }
}

extension SessionContent {
    /// One of everything.
    static var sample: SessionContent {
        SessionContent(
            home: DataCenterAddress(id: 2, host: "149.154.167.51", port: 443),
            authKeys: [2: (0...255).map { UInt8($0) }, 4: [UInt8](repeating: 7, count: 256)],
            account: SessionAccount(userID: 9_876_543_210, isBot: true, accessHash: -5),
            takeoutID: 77,
            updateState: UpdateState(pts: 1, qts: -2, date: 3, seq: .max),
            channelStates: [1_234: 5, 9_876_543_210: .max]
        )
    }

    var sampleChanges: [SessionChange] {
        [
            home.map { .home($0) }, .account(account), .takeout(takeoutID), .updateState(updateState),
        ].compactMap { $0 } + authKeys.map { .authKey(dataCenter: $0, $1) }
            + channelStates.map { .channelState(channel: $0, pts: $1) }
    }
}

extension StoredPeer {
    static let samples = [
        StoredPeer(id: .user(1), accessHash: 11, usernames: ["ann", "annie"], phone: "391", name: "Ann Ä. 🤖"),
        StoredPeer(id: .user(.max), accessHash: .min, name: ""),
        StoredPeer(id: .chat(1), accessHash: 0, name: "Club"),
        StoredPeer(id: .channel(1), accessHash: -1, usernames: ["news"], name: "Club"),
    ]
}

/// Bytes that are the same in every run.
struct Numbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
