/// What the owner knows about the connection that messages do not tell. On a slow line a message takes longer than a
/// ping may, and a dead line with much to send lets no ping leave.
extension ClientSession {
    /// The number of the present wait for an answer to a ping, or to whatever stands for one; `nil` when none is
    /// awaited. Another number means that another ping has left.
    package var livenessWait: Int? { isConnected ? keepAlive.wait : nil }

    /// The connection takes no more packets for now.
    package mutating func connectionIsFull(at now: TimeReading) {
        if isConnected { keepAlive.heldBack(at: now) }
    }

    /// So many bytes of a frame have come that is not complete yet.
    package mutating func receivedPart(byteCount: Int, at now: TimeReading) {
        if isConnected { keepAlive.receivedPart(byteCount: byteCount, at: now) }
    }

    /// The other end of the connection is still taking what left before the ping, or so much that the ping may wait
    /// there, too.
    package mutating func pingIsStillLeaving(at now: TimeReading) {
        if isConnected { keepAlive.isStillLeaving(at: now) }
    }
}
