import TelegramAPI

/// The error that a request is refused with; 400 unless its name usually comes with another code.
func refusal(_ name: String, _ code: Int = 400) -> RPCError { RPCError.make(code: code, name: name) }
