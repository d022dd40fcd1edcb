/// What goes wrong with packets between a ``TestServer`` and its clients: by chance, by a script, or both.
///
/// ```swift
/// var plan = FaultPlan(seed: 7)
/// plan.toClient.chances = [.drop: 0.05, .duplicate: 0.05]
/// plan.fromClient.script = [3: .closeAfter]      // the fourth packet of each connection is the last one
/// server.faults = plan
/// ```
/// The same seed gives the same faults for the same packets, so a failure can be repeated: print the seed. Packets of a
/// key exchange are left alone unless ``includesKeyExchange`` is set.
public struct FaultPlan: Sendable, Hashable {
    /// What can happen to one packet.
    public enum Fault: Sendable, Hashable {
        /// It is lost, though the connection stands.
        case drop
        /// It comes later, by the server's clock; those behind it overtake it.
        case delay(Duration)
        /// It comes after so many packets that were behind it: 1 swaps it with the next. It is lost with the
        /// connection.
        case holdBack(packets: Int)
        /// It comes twice.
        case duplicate
        /// One of its bits is flipped.
        case corruptBit
        /// Its end is missing, sixteen bytes or more.
        case truncate
        /// The connection is closed instead.
        case closeBefore
        /// The connection is closed behind it.
        case closeAfter
        /// The connection is broken off, so that what was under way is lost, too.
        case reset
        /// It is lost, and so is everything behind it, while the connection stands.
        case stall

        /// Its name, as ``TestServerStatistics/faults`` counts it.
        public var name: String {
            switch self {
            case .drop: "drop"
            case .delay: "delay"
            case .holdBack: "holdBack"
            case .duplicate: "duplicate"
            case .corruptBit: "corruptBit"
            case .truncate: "truncate"
            case .closeBefore: "closeBefore"
            case .closeAfter: "closeAfter"
            case .reset: "reset"
            case .stall: "stall"
            }
        }
    }

    /// The faults of one direction.
    public struct Direction: Sendable, Hashable {
        /// How likely each fault is for a packet, from 0 to 1. At most one happens to a packet, so the sum should not
        /// be above 1.
        public var chances: [Fault: Double] = [:]
        /// Faults for packets by their number on the connection, from 0. They outrank chance.
        public var script: [Int: Fault] = [:]
        /// How many faults there may be by chance on one connection; `nil` for any number.
        public var limit: Int?

        /// Nothing goes wrong.
        public init() {}
    }

    /// What chance is made from.
    public var seed: UInt64
    /// Packets that clients send.
    public var fromClient = Direction()
    /// Packets that the server sends.
    public var toClient = Direction()
    /// Whether packets of key exchanges suffer, too.
    public var includesKeyExchange = false

    /// A plan in which nothing goes wrong yet.
    public init(seed: UInt64 = 0) { self.seed = seed }
}
