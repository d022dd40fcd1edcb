#if os(Linux)
    import Glibc

    /// What a process holds that has to be given back.
    struct ProcessResources: Sendable, Equatable {
        /// Open files and sockets.
        let descriptorCount: Int
        /// Threads of event loops.
        let loopCount: Int

        /// What this process holds now.
        static var current: ProcessResources {
            ProcessResources(
                descriptorCount: entries(of: "/proc/self/fd").count,
                loopCount: entries(of: "/proc/self/task").count {
                    contents(of: "/proc/self/task/\($0)/comm").hasPrefix("mtproto")
                }
            )
        }

        /// How much memory of the machine this process uses, in bytes.
        static var residentByteCount: Int {
            let fields = contents(of: "/proc/self/statm").split(separator: " ")
            return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
        }

        private static func entries(of path: String) -> [String] {
            guard let directory = opendir(path) else { return [] }
            defer { closedir(directory) }
            var names: [String] = []
            while let entry = readdir(directory) {
                names.append(
                    withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
                )
            }
            return names.filter { !$0.hasPrefix(".") }
        }

        private static func contents(of path: String) -> String {
            guard let file = fopen(path, "r") else { return "" }
            defer { fclose(file) }
            var buffer = [UInt8](repeating: 0, count: 256)
            let count = fread(&buffer, 1, buffer.count, file)
            return String(decoding: buffer.prefix(count), as: UTF8.self)
        }
    }
#endif
