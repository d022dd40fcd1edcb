import Foundation
import Telegram

// session-benchmark [COUNT]: what a session file with many peers costs. Prints one JSON object. Times are those of the
// processor, in microseconds unless the name says otherwise; for saving, which waits for the disk, those of the clock.
//
// The file is written by a process of its own (session-benchmark COUNT --write PATH), so that the memory of the other
// one is that of a program which has only opened it.

func residentBytes() -> Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
    let fields = text.split(separator: " ")
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * 4096 : 0
}

func microseconds(_ body: () async throws -> Void) async rethrows -> Double {
    let start = usedProcessorTime()
    try await body()
    return usedProcessorTime() - start
}

func elapsedMicroseconds(_ body: () async throws -> Void) async rethrows -> Double {
    let start = ContinuousClock.now
    try await body()
    return (ContinuousClock.now - start) / .microseconds(1)
}

func usedProcessorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}

/// Half of them users with names as people have, some with usernames and phone numbers; the rest groups and channels.
func samplePeer(_ number: Int) -> StoredPeer {
    let id = Int64(5_000_000_000 + number)
    let username = number % 3 == 0 ? ["some_name_\(number)"] : []
    switch number % 4 {
    case 0, 1:
        let phone = number % 8 == 0 ? "39\(600_000_000 + number)" : nil
        return StoredPeer(
            id: .user(id),
            accessHash: id &* 31,
            usernames: username,
            phone: phone,
            name: "Firstname Lastname \(number)"
        )
    case 2: return StoredPeer(id: .chat(id), accessHash: 0, name: "Some group \(number)")
    default: return StoredPeer(id: .channel(id), accessHash: id &* 17, usernames: username, name: "Channel \(number)")
    }
}

let arguments = CommandLine.arguments
let count = arguments.dropFirst().first.flatMap { Int($0) } ?? 100_000

if arguments.count == 4, arguments[2] == "--write" {
    let session = FileSession(path: arguments[3])
    _ = try await session.open()
    try await session.apply([
        .home(DataCenterAddress(id: 2, host: "149.154.167.51", port: 443)),
        .authKey(dataCenter: 2, [UInt8](repeating: 7, count: 256)),
    ])
    for start in stride(from: 0, to: count, by: 100) {
        try await session.storePeers((start..<min(start + 100, count)).map(samplePeer))
    }
    try await session.close()
    exit(0)
}

let folder = FileManager.default.temporaryDirectory.appending(component: "session-benchmark-\(getpid())")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
let path = folder.appending(component: "me.session").path(percentEncoded: false)

let writer = Process()
writer.executableURL = URL(filePath: arguments[0])
writer.arguments = ["\(count)", "--write", path]
try writer.run()
writer.waitUntilExit()

var results: [String: Double] = [:]
results["fileBytesPerPeer"] =
    Double((try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0) / Double(count)

let session = FileSession(path: path)
let before = residentBytes()
results["firstOpenMilliseconds"] = try await microseconds { _ = try await session.open() } / 1e3
results["residentBytesPerPeer"] = Double(residentBytes() - before) / Double(count)
try await session.close()
var opens: [Double] = []
for _ in 0..<7 {
    opens.append(try await microseconds { _ = try await session.open() } / 1e3)
    try await session.close()
}
results["openMilliseconds"] = opens.min()
_ = try await session.open()

let rounds = 200_000
let ids = (0..<count).map { samplePeer($0).id }
func perLookup(_ body: (Int) throws -> Bool) async throws -> Double {
    var found = 0
    let time = try await microseconds {
        for round in 0..<rounds where try body((round &* 7_919) % count) { found += 1 }
    }
    precondition(found > 0, "nothing was found")
    return time / Double(rounds)
}
results["lookupByID"] = try await perLookup { number in try session.peer(ids[number]) != nil }
results["lookupByUsername"] = try await perLookup { number in
    try session.peer(username: "some_name_\(number)") != nil
}

results["applyState"] =
    try await microseconds {
        for pts in 1...50_000 as ClosedRange<Int32> {
            try await session.apply([.updateState(UpdateState(pts: pts, qts: 0, date: 0, seq: 0))])
        }
    } / 50_000
let known = (0..<100).map(samplePeer)
results["storeKnownPeer"] =
    try await microseconds { for _ in 0..<1_000 { try await session.storePeers(known) } } / 100_000
results["storeNewPeer"] =
    try await microseconds {
        for start in stride(from: count, to: count + 20_000, by: 100) {
            try await session.storePeers((start..<start + 100).map(samplePeer))
        }
    } / 20_000
try await session.save()
var saves: [Double] = []
for pts in 1...50 as ClosedRange<Int32> {
    try await session.apply([.updateState(UpdateState(pts: pts, qts: 0, date: 0, seq: 0))])
    saves.append(try await elapsedMicroseconds { try await session.save() })
}
saves.sort()
results["saveMedian"] = saves[saves.count / 2]
results["saveNothing"] = try await microseconds { for _ in 0..<1_000 { try await session.save() } } / 1_000

// All rows anew until the file is mostly out of date.
for version in 1...3 as ClosedRange<Int64> {
    for start in stride(from: 0, to: count, by: 1_000) {
        try await session.storePeers(
            (start..<min(start + 1_000, count)).map { number in
                var peer = samplePeer(number)
                peer.accessHash = version
                return peer
            }
        )
    }
}
let startOfRewrite = usedProcessorTime()
results["rewriteMilliseconds"] = try await elapsedMicroseconds { try await session.save() } / 1e3
results["rewriteProcessorMilliseconds"] = (usedProcessorTime() - startOfRewrite) / 1e3
try await session.close()
try FileManager.default.removeItem(at: folder)

let rounded = results.mapValues { ($0 * 100).rounded() / 100 }
let json = try JSONSerialization.data(withJSONObject: rounded, options: [.prettyPrinted, .sortedKeys])
print(String(decoding: json, as: UTF8.self))
