/// The outcome of a stage that reports findings instead of throwing: all of them, and a value when none is an error.
public struct Checked<Value: Sendable>: Sendable {
    /// The result; `nil` exactly when `diagnostics` holds an error.
    public let value: Value?
    /// Every finding of the run, in the order of the input.
    public let diagnostics: [Diagnostic]

    /// Keeps `value` only when no finding is an error.
    public init(_ value: Value?, diagnostics: [Diagnostic]) {
        self.value = diagnostics.contains { $0.severity == .error } ? nil : value
        self.diagnostics = diagnostics
    }
}
