/// Which of the numbered files a declaration goes to.
enum Sharding {
    /// FNV-1a over the name: stable between runs, machines and versions, so adding a type touches one file.
    static func shard(of name: String, count: Int) -> Int {
        var hash: UInt32 = 0x811c_9dc5
        for byte in name.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return Int(hash % UInt32(count))
    }
}
