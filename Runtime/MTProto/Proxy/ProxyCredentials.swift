/// A user name and a password, in a wrapping that keeps them out of logs, `dump` and debuggers' summaries.
package struct ProxyCredentials: Sendable, Hashable {
    package let username: String
    package let password: String

    package init(username: String, password: String) {
        self.username = username
        self.password = password
    }
}

extension ProxyCredentials: CustomStringConvertible, CustomReflectable {
    package var description: String { "(hidden)" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
