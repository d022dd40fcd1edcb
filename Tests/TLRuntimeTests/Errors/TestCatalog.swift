import TLRuntime

extension RPCError {
    final class TestFloodWait: Flood, @unchecked Sendable {
        var seconds: Int { value ?? 0 }
    }
    final class TestConfirmWait: Flood, @unchecked Sendable {}
    final class TestPartMissing: BadRequest, @unchecked Sendable {}
    final class TestImportWait: AuthKey, @unchecked Sendable {}
    final class TestTokenInvalid2: BadRequest, @unchecked Sendable {}
    final class TestPayment: Forbidden, @unchecked Sendable {}
    final class TestPaymentStars: Forbidden, @unchecked Sendable {}
    final class TestPhoneOccupied: BadRequest, @unchecked Sendable {}
}

let testCatalog = RPCErrorCatalog([
    ("FLOOD_WAIT_%d", "wait %d seconds", RPCError.TestFloodWait.self),
    ("2FA_CONFIRM_WAIT_%d", "", RPCError.TestConfirmWait.self),
    ("FILE_PART_%d_MISSING", "", RPCError.TestPartMissing.self),
    ("PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_%dMIN", "", RPCError.TestImportWait.self),
    ("AUTH_TOKEN_INVALID2", "", RPCError.TestTokenInvalid2.self),
    ("ALLOW_PAYMENT_REQUIRED", "", RPCError.TestPayment.self),
    ("ALLOW_PAYMENT_REQUIRED_%d", "", RPCError.TestPaymentStars.self),
    ("Phone_occupied", "?", RPCError.TestPhoneOccupied.self),
])
