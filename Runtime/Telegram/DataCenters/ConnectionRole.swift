/// What a connection to a data centre is for.
package enum ConnectionRole: Sendable, Hashable {
    /// Any request.
    case ordinary
    /// Files. Data centres have addresses of their own for them, and several connections side by side carry more than
    /// one: each index is another.
    case media(index: Int = 0)
    /// Copies of popular files, from servers that Telegram does not trust: they have other public keys, and nobody
    /// signs in. See <https://core.telegram.org/cdn>.
    case cdn
}

/// Which connection.
package struct ConnectionKey: Sendable, Hashable {
    package var dataCenter: Int32
    package var role: ConnectionRole

    package init(dataCenter: Int32, role: ConnectionRole) {
        self.dataCenter = dataCenter
        self.role = role
    }
}

extension ConnectionKey: CustomStringConvertible {
    /// `dc4`, `dc4 media 1`, `dc203 cdn`.
    package var description: String {
        switch role {
        case .ordinary: "dc\(dataCenter)"
        case .media(let index): "dc\(dataCenter) media \(index)"
        case .cdn: "dc\(dataCenter) cdn"
        }
    }
}
