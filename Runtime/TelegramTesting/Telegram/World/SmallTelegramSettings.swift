/// How a ``SmallTelegram`` behaves where Telegram leaves itself a choice, or where tests want to see the rare case.
public struct SmallTelegramSettings: Sendable, Hashable {
    // MARK: Signing in

    /// The ways in which codes are sent, the first one first; each `auth.resendCode` takes the next.
    public var codeDeliveries: [CodeDelivery] = [.app, .sms, .call]
    /// How many digits a code has.
    public var codeLength = 5
    /// After how many seconds the next way may be taken, as clients are told.
    public var codeTimeout: Int32 = 60
    /// For how many seconds a code is good.
    public var codeLifetime: Int32 = 300
    /// For how many seconds a QR code is good.
    public var loginTokenLifetime: Int32 = 30
    /// The country that sessions are said to be in.
    public var country = "NL"

    // MARK: Updates

    /// Whether plain messages come as `updateShortMessage`, `updateShortChatMessage` and `updateShortSentMessage` where
    /// Telegram does so.
    public var usesShortUpdates = true
    /// How many events one answer of `updates.getDifference` tells at most; more come in slices.
    public var differenceLimit = 1_000
    /// With more events than that to tell, `updates.getDifference` answers `differenceTooLong`.
    public var differenceTooLongAfter = 100_000
    /// With more events than that to tell, `updates.getChannelDifference` answers `channelDifferenceTooLong`. Zero
    /// makes every difference too long.
    public var channelDifferenceTooLongAfter = 1_000

    // MARK: Takeout

    /// Refuses takeouts for so many seconds, with `TAKEOUT_INIT_DELAY`; `nil` allows them.
    public var takeoutDelay: Int32?

    /// Creates the usual settings.
    public init() {}
}
