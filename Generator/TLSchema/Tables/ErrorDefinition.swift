/// What is known about one error that the server sends.
public struct ErrorDefinition: Sendable, Hashable {
    /// A number within the name, in place of a `%d`.
    public struct Parameter: Sendable, Hashable {
        /// The property that users read, `newDC`; a Swift name in lower camel case.
        public let name: String
        /// What the number counts or names.
        public let unit: ErrorUnit

        /// Creates a parameter.
        public init(name: String, unit: ErrorUnit) {
            self.name = name
            self.unit = unit
        }
    }

    /// As the server spells it, with `%d` for each number: `FLOOD_WAIT_%d`.
    public let name: String
    /// The codes it comes with, the usual one first; at least one. Some servers send them negative.
    public let codes: [Int]
    /// One for each `%d` of the name, in order.
    public let parameters: [Parameter]
    /// One sentence for whoever meets the error; `nil` while nobody has written it.
    public let description: String?
    /// Where the name stands in the table.
    public let location: SourceLocation

    /// Creates a definition; a definition read from a file has passed the checks of ``ErrorCatalog/read(_:)``.
    public init(
        name: String,
        codes: [Int],
        parameters: [Parameter] = [],
        description: String? = nil,
        location: SourceLocation
    ) {
        self.name = name
        self.codes = codes
        self.parameters = parameters
        self.description = description
        self.location = location
    }
}

/// What the number in an error's name means. The set is closed: generated code treats some of them specially.
public enum ErrorUnit: String, Sendable, Hashable, CaseIterable {
    /// A time to wait, in seconds.
    case seconds
    /// A time to wait, in minutes.
    case minutes
    /// The number of a data center.
    case dc
    /// The number of a part of a file.
    case part
    /// A length in characters.
    case length
    /// How many there are or may be.
    case count
    /// A point in time, in seconds since 1970.
    case date
    /// An amount of Telegram Stars.
    case stars
    /// A number that names something.
    case id
    /// A position in a list that the request contained, from 0.
    case index
}
