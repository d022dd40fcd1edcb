#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Prints a line at once, also into a pipe.
func say(_ line: String = "") {
    print(line)
    fflush(nil)
}

/// The heading of a step.
func step(_ title: String) { say("\n== \(title)") }

/// Ends the program.
func stop(_ status: Int32) -> Never { exit(status) }
