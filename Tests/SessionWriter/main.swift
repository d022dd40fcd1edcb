import Telegram

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

// What the tests of FileSession need another process for. It reports on the standard output, one line each.
//
// session-writer write PATH KEYSIZE: opens the session (`opened`) and changes it as fast as it can, until it is killed.
//   The calls of step N have returned: `applied N`. They have been saved, too: `saved N`. What a step writes depends on
//   its number alone, so whoever reads the lines knows what must be in the file. Larger keys make the file be rewritten
//   more often. session-writer hold PATH: opens the session (`opened`) and keeps it until it is killed. session-writer
//   fill PATH: lets the system refuse to write as if the disk were full, and goes on when there is room again.

func say(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    // One call, so that a line is there as a whole or not at all.
    guard write(1, bytes, bytes.count) == bytes.count else { exit(0) }
}

func write(_ path: String, keySize: Int) async throws {
    let session = FileSession(path: path)
    let content = try await session.open()
    say("opened")
    var step = content.takeoutID ?? 0
    while true {
        step += 1
        try await session.storePeers(
            (0..<(step % 7 + 1)).map { index in
                StoredPeer(
                    id: .user(step * 10 + index),
                    accessHash: step,
                    usernames: ["name\((step * 10 + index) % 500)"],
                    name: "peer of step \(step)"
                )
            }
        )
        // In one call, so that it is there as a whole or not at all.
        try await session.apply([
            .authKey(dataCenter: 2, [UInt8](repeating: UInt8(truncatingIfNeeded: step), count: keySize)),
            .updateState(UpdateState(pts: Int32(step), qts: 1, date: 2, seq: 3)),
            .channelState(channel: step % 50 + 1, pts: Int32(step)),
            .takeout(step),
        ])
        say("applied \(step)")
        if step % 16 == 0 {
            try await session.save()
            say("saved \(step)")
        }
    }
}

func hold(_ path: String) async throws {
    let session = FileSession(path: path)
    _ = try await session.open()
    say("opened")
    while true { pause() }
}

func fill(_ path: String) async throws {
    let session = FileSession(path: path)
    _ = try await session.open()
    try await session.apply([.takeout(1)])
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit()
    #if canImport(Darwin)
        let resource = RLIMIT_FSIZE
    #else
        let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    #endif
    getrlimit(resource, &limit)
    limit.rlim_cur = 4_096
    setrlimit(resource, &limit)
    for size in [8_000, 5_000, 4_096] {
        do {
            try await session.apply([.authKey(dataCenter: 1, [UInt8](repeating: 1, count: size))])
            say("a block was written beyond the limit")
        } catch let error as SessionError where error.code == .io {
            // A short block behind the torn one must not become a part of it.
            try await session.apply([.takeout(Int64(size))])
        }
    }
    try await session.save()
    say("full")
    limit.rlim_cur = limit.rlim_max
    setrlimit(resource, &limit)
    try await session.apply([.authKey(dataCenter: 2, [UInt8](repeating: 2, count: 8_000))])
    try await session.close()
    say("done")
}

let arguments = CommandLine.arguments
do {
    switch (arguments.dropFirst().first, arguments.count) {
    case ("write", 4): try await write(arguments[2], keySize: Int(arguments[3]) ?? 256)
    case ("hold", 3): try await hold(arguments[2])
    case ("fill", 3): try await fill(arguments[2])
    default:
        say("usage: session-writer write PATH KEYSIZE | hold PATH | fill PATH")
        exit(2)
    }
} catch {
    say("failed: \(error)")
    exit(1)
}
