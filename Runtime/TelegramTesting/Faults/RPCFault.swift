public import TelegramAPI

/// What goes wrong with a request that a ``TestServer`` has understood.
public enum RPCFault: Sendable {
    /// It is not executed, and answered with this error.
    case fail(RPCError)
    /// It is executed, and answered with this error nevertheless.
    case failAfterExecution(RPCError)
    /// It is not executed, and never answered.
    case ignore
    /// It is executed, and never answered.
    case neverAnswer
    /// It is executed once, and answered twice.
    case answerTwice
    /// It is executed, and its answer is held back by the server's clock.
    case answerLate(Duration)
    /// It is executed, and answered with these bytes instead.
    case answerBytes([UInt8])
    /// It is executed, and then the connection is closed before the answer could leave.
    case closeBeforeAnswer

    /// Must wait: `FLOOD_WAIT_n` (420).
    public static func flood(seconds: Int) -> RPCFault {
        .fail(RPCError.make(code: 420, name: "FLOOD_WAIT_\(seconds)"))
    }

    /// Belongs to another data centre: `USER_MIGRATE_n` (303), or another word in front.
    public static func migrate(to dataCenter: Int32, kind: String = "USER") -> RPCFault {
        .fail(RPCError.make(code: 303, name: "\(kind)_MIGRATE_\(dataCenter)"))
    }

    /// Trouble inside the server: a code of 500 or so.
    public static func serverError(_ name: String = "INTERNAL", code: Int = 500) -> RPCFault {
        .fail(RPCError.make(code: code, name: name))
    }
}
