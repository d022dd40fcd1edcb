import RepositorySchemas
import TLSchema

/// Encoded values of the API.
enum ValueSeeds {
    /// Larger ones would slow libFuzzer down.
    private static let longest = 768

    /// One of each constructor and function that gives a short sample.
    static func all() -> [[UInt8]] {
        let schema = RepositorySchemas.load("api.tl")
        var sampler = ValueSampler(schema: schema, seed: 1)
        return (schema.constructors + schema.functions)
            .map { sampler.bytes(of: $0, depth: 1) }
            .filter { $0.count <= longest }
    }
}
