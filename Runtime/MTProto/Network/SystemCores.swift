#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The processors of the machine.
enum SystemCores {
    /// How many of them are in use.
    static var count: Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) }
}
