/// A piece of Swift that a page shows, with what it takes for granted, so that it can be compiled.
struct Example {
    /// Names that the piece uses without declaring them, and their types.
    var parameters: [(name: String, type: String)]
    /// As the page shows it.
    var code: String
}

/// All examples in one Swift file, each in a function of its own. It is compiled and never run.
struct ExampleFile {
    private var text: String
    private var count = 0

    /// An empty file for a module that holds the generated types.
    init(module: String) {
        let imports = [module, "TLRuntime"].map { "import \($0)\n" }.joined()
        text = """
            // Every example of the reference. Compiled to prove that they compile; nothing calls them.
            // swift-format-ignore-file

            \(imports)
            /// What examples call `client`.
            struct ExampleClient {
                func callAsFunction<Request: TLFunction>(_ request: Request) async throws -> Request.Response {
                    throw CancellationError()
                }
            }

            """
    }

    /// Adds the examples of a page.
    mutating func append(_ example: Example, page: PageAddress) {
        count += 1
        let parameters = example.parameters.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
        text += "\n// \(page.path)\nfunc example\(count)(\(parameters)) async throws {\n"
        for line in example.code.split(separator: "\n", omittingEmptySubsequences: false) {
            text += line.isEmpty ? "\n" : "    \(line)\n"
        }
        text += "}\n"
    }

    /// The whole file as UTF-8.
    var bytes: [UInt8] { Array(text.utf8) }
}
