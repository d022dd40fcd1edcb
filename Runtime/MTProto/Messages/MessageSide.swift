/// Who has encrypted a message. The two directions use different parts of the key, so that neither side can be made to
/// accept what it has sent itself.
package enum MessageSide: Sendable {
    case client, server
}
