/// One name that differs between two schemas.
public struct SchemaChange: Sendable, Hashable {
    /// What the name belongs to.
    public enum Subject: String, Sendable, Hashable, CaseIterable {
        /// A type with its constructors.
        case type
        /// A constructor.
        case constructor
        /// A function.
        case function
    }

    /// What happened to it.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The old schema lacks it.
        case added
        /// The new schema lacks it.
        case removed
        /// Its fields or its result differ; for a type, the kind of Swift type it becomes.
        case changed
        /// Nothing but its number differs.
        case renumbered
    }

    /// What it means to Swift code that uses the generated types.
    public enum Effect: String, Sendable, Hashable, CaseIterable, Comparable {
        /// Code that does not know of it is not concerned.
        case none
        /// The same code compiles, and may meet or send something else. Of a union with a new constructor a `switch`
        /// without `default` needs one more case.
        case behaviour
        /// Code that uses it has to be changed.
        case source

        /// ``none`` is the least, ``source`` the most.
        public static func < (left: Effect, right: Effect) -> Bool {
            left.rank < right.rank
        }

        private var rank: Int {
            switch self {
            case .none: 0
            case .behaviour: 1
            case .source: 2
            }
        }
    }

    /// One difference within a change.
    public struct Detail: Sendable, Hashable {
        /// What it means.
        public let effect: Effect
        /// What differs, `field 'silent' is new and optional`.
        public let text: String

        init(_ effect: Effect, _ text: String) {
            self.effect = effect
            self.text = text
        }
    }

    /// What the name belongs to.
    public let subject: Subject
    /// The name, as the schema spells it.
    public let name: QualifiedName
    /// What happened to it.
    public let kind: Kind
    /// The worst of what its details mean.
    public let effect: Effect
    /// Differences in the order of the fields; may be empty.
    public let details: [Detail]
    /// The number before; `nil` for a type and for what was added.
    public let oldNumber: UInt32?
    /// The number now; `nil` for a type and for what was removed.
    public let newNumber: UInt32?

    init(
        _ subject: Subject,
        _ name: QualifiedName,
        _ kind: Kind,
        effect: Effect,
        details: [Detail] = [],
        oldNumber: UInt32? = nil,
        newNumber: UInt32? = nil
    ) {
        self.subject = subject
        self.name = name
        self.kind = kind
        self.effect = effect
        self.details = details
        self.oldNumber = oldNumber
        self.newNumber = newNumber
    }
}
