import CLibFuzzer
import Foundation

/// Hands a rule to libFuzzer, which makes up inputs for it.
public enum FuzzDriver {
    /// What libFuzzer calls for each input. It is a C function and therefore captures nothing.
    public typealias Target = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

    /// Runs libFuzzer with the arguments of the command line; ends the process with its exit code.
    public static func run(_ target: Target) -> Never {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(LLVMFuzzerRunDriver(&count, &arguments, target))
    }

    /// Tries one input. When it breaks a rule the process aborts, which libFuzzer takes for a finding and keeps the
    /// input.
    ///
    /// - Parameter violation: Names the rule that the bytes break; `nil` when all hold.
    public static func check(
        _ start: UnsafePointer<UInt8>?,
        _ count: Int,
        violation: ([UInt8]) -> String?
    ) -> CInt {
        if let violation = violation([UInt8](UnsafeBufferPointer(start: start, count: count))) {
            FileHandle.standardError.write(Data("broken rule: \(violation)\n".utf8))
            abort()
        }
        return 0
    }
}
